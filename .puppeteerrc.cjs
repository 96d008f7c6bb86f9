// The browser is found or unpacked by setup.mjs; an install must not download one by itself.
module.exports = { skipDownload: true, cacheDirectory: `${__dirname}/.cache/puppeteer` };

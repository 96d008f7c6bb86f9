import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotedTitles, stripTitleMarks, titleCore, titleKey, titleSimilarity } from '../../text/titles.ts';

test('a key keeps letters, digits and Han characters of every plane, and nothing else', () => {
  assert.equal(titleKey(' 关于“十四五”规划（２０２１）的通知 '), '关于十四五规划2021的通知');
  assert.equal(titleKey('The R&D plan – Part 2'), 'therdplanpart2');
  assert.equal(titleKey('𠮷林省😀通知'), '𠮷林省通知');
  assert.equal(titleKey('半个\ud842'), '半个');
});

test('strips status marks and a number behind the title', () => {
  assert.equal(stripTitleMarks('[有效]某省科技奖励办法'), '某省科技奖励办法');
  assert.equal(stripTitleMarks('某市创新券管理规定（某府令95号）（已废止）'), '某市创新券管理规定');
  assert.equal(stripTitleMarks('关于设立基金的通知（某科发〔2020〕7号）'), '关于设立基金的通知');
});

test('finds titles in nested marks, outermost first', () => {
  assert.deepEqual(quotedTitles('印发《关于落实〈促进条例〉的意见》和《细则》'), [
    '关于落实〈促进条例〉的意见',
    '促进条例',
    '细则',
  ]);
  assert.deepEqual(quotedTitles('《没有结束\n下一行》'), []);
});

test('compares what titles are about, not their frame', () => {
  assert.equal(
    titleCore('某省人民政府关于印发《未来产业行动方案》的通知'),
    titleCore('关于未来产业行动方案'),
  );
  assert.ok(titleSimilarity('某部关于加强中试平台建设的指导意见', '关于加强中试平台建设的意见') >= 0.85);
});

test('keeps batches and years apart, however alike the rest is', () => {
  assert.equal(titleSimilarity('关于公布第一批示范园区名单的通知', '关于公布第二批示范园区名单的通知'), 0);
  assert.equal(titleSimilarity('关于2020年度科学技术奖励的决定', '关于2021年度科学技术奖励的决定'), 0);
  assert.ok(titleSimilarity('关于公布第2批示范园区名单的通知', '关于公布第二批示范园区名单的通知') > 0.7);
});

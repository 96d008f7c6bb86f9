// Shows how far a rebuild is while it runs, and loads the page again once when it is over.
const place = document.getElementById('rebuild');
const stream = new EventSource(place.dataset.events);
stream.onmessage = ({ data }) => {
  const { state, progress } = JSON.parse(data);
  if (state === 'done' || state === 'failed') {
    stream.close();
    location.reload();
    return;
  }
  if (progress === undefined) return;
  const { phase, stage, done, total, line } = progress;
  document.getElementById('phase').textContent = stage ?? phase;
  document.getElementById('steps').textContent = total > 0 ? `${done} of ${total}` : '';
  document.getElementById('line').textContent = line ?? '';
  const bar = document.getElementById('bar');
  if (total > 0) {
    bar.max = total;
    bar.value = done;
  } else bar.removeAttribute('value');
};

// Tell the page around the frame how high its contents are. A number is all that is told.
new ResizeObserver(() => {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  parent.postMessage({ type: "timeline-height", height }, "*");
}).observe(document.documentElement);

// Runs before the first paint, so that neither colours nor the list jump. Storage may be refused: then the defaults stand.
try {
  const { theme, view } = localStorage;
  if (theme) document.documentElement.dataset.theme = theme;
  if (view) document.documentElement.dataset.view = view;
} catch {}

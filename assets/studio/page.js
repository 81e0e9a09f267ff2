// Shows what the server draws. Zoom and place are the reader's: a new picture keeps them, also over a reload.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const view = $("view");
  const picture = $("picture");
  const MIN = 0.05;
  const MAX = 8;
  let at = { x: 0, y: 0, scale: 1 };
  let placed = false;
  // Two changes in a row must not overtake each other: only the newest request's answer is shown.
  let asked = 0;

  const remembered = () => {
    try {
      const kept = JSON.parse(sessionStorage.getItem("place"));
      return kept && [kept.x, kept.y, kept.scale].every(Number.isFinite) ? kept : null;
    } catch { return null; }
  };

  const move = (x, y, scale) => {
    at = { x, y, scale: Math.min(MAX, Math.max(MIN, scale)) };
    picture.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.scale})`;
    $("scale").textContent = `${Math.round(at.scale * 100)}%`;
    try { sessionStorage.setItem("place", JSON.stringify(at)); } catch { /* A private window keeps nothing. */ }
  };

  const size = () => {
    const box = picture.querySelector("svg")?.viewBox.baseVal;
    return box && box.width ? { w: box.width, h: box.height } : null;
  };

  const fit = () => {
    const s = size();
    if (!s) return;
    const { clientWidth: w, clientHeight: h } = view;
    const scale = Math.min(1, (w - 24) / s.w, (h - 24) / s.h);
    move((w - s.w * scale) / 2, Math.max(12, (h - s.h * scale) / 2), scale);
  };

  const zoom = (factor, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const scale = Math.min(MAX, Math.max(MIN, at.scale * factor));
    const by = scale / at.scale;
    move(x - (x - at.x) * by, y - (y - at.y) * by, scale);
  };

  // The component nearest to the middle, and where it is: it is to stay there.
  const middle = (component) => {
    const box = component.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const anchor = () => {
    const frame = view.getBoundingClientRect();
    const [cx, cy] = [frame.x + frame.width / 2, frame.y + frame.height / 2];
    let best = null;
    for (const component of picture.querySelectorAll("[data-id]")) {
      const m = middle(component);
      const far = Math.hypot(m.x - cx, m.y - cy);
      if (!best || far < best.far) best = { id: component.dataset.id, far, m };
    }
    return best;
  };

  const draw = (text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    if (parsed.localName !== "svg") return;
    const kept = anchor();
    picture.replaceChildren(document.importNode(parsed, true));
    if (!placed) {
      placed = true;
      const former = remembered();
      if (former) move(former.x, former.y, former.scale); else fit();
      return;
    }
    const same = kept && picture.querySelector(`[data-id="${CSS.escape(kept.id)}"]`);
    if (same) {
      const m = middle(same);
      move(at.x + kept.m.x - m.x, at.y + kept.m.y - m.y, at.scale);
    }
  };

  const line = (tag, kind, text) => {
    const made = document.createElement(tag);
    made.className = kind;
    made.textContent = text;
    return made;
  };

  const list = (problems) => {
    $("problems").hidden = problems.length === 0;
    $("problems").firstElementChild.replaceChildren(...problems.map((p) => {
      const item = line("li", p.severity, "");
      item.append(line("span", "severity", p.severity), p.message);
      item.append(line("span", "place", `${p.place ? `line ${p.place[0]}, column ${p.place[1]} · ` : ""}${p.code}`));
      if (p.excerpt) item.append(line("code", "excerpt", p.excerpt));
      for (const hint of p.hints) item.append(line("span", "hint", hint));
      return item;
    }));
  };

  const state = (text, stale) => {
    $("state").textContent = text;
    $("state").classList.toggle("stale", stale);
    picture.classList.toggle("stale", stale);
  };

  const refresh = async () => {
    const mine = ++asked;
    const [shown, svg] = await Promise.all([
      fetch("/state").then((r) => r.json()),
      fetch("/picture.svg").then((r) => r.text()),
    ]);
    if (mine !== asked) return;
    document.title = `${shown.file} · Blueprose`;
    $("file").textContent = shown.file;
    $("summary").textContent = shown.summary;
    if (svg) draw(svg);
    list(shown.problems);
    const broken = shown.problems.some((p) => p.severity === "error");
    state(shown.stale ? "Not up to date: this is the last good picture"
      : broken ? "Drawn as far as the text is understood" : "Up to date", shown.stale);
    document.body.dataset.version = shown.version;
  };

  const attempt = () => refresh().catch(() => state("The server does not answer", true));
  attempt();
  const events = new EventSource("/events");
  events.onmessage = attempt;
  events.onerror = () => state("Not connected: waiting for the server", true);

  $("in").onclick = () => zoom(1.25);
  $("out").onclick = () => zoom(0.8);
  $("scale").onclick = () => zoom(1 / at.scale);
  $("fit").onclick = fit;
  view.addEventListener("wheel", (e) => {
    e.preventDefault();
    const frame = view.getBoundingClientRect();
    if (e.shiftKey) move(at.x - (e.deltaY || e.deltaX), at.y, at.scale);
    else zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0015)), e.clientX - frame.x, e.clientY - frame.y);
  }, { passive: false });
  let from = null;
  view.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return;
    from = { x: e.clientX - at.x, y: e.clientY - at.y };
    view.setPointerCapture(e.pointerId);
    view.classList.add("dragging");
  });
  view.addEventListener("pointermove", (e) => { if (from) move(e.clientX - from.x, e.clientY - from.y, at.scale); });
  for (const end of ["pointerup", "pointercancel"]) {
    view.addEventListener(end, () => { from = null; view.classList.remove("dragging"); });
  }
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const step = 60;
    const keys = {
      "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": fit, "1": () => zoom(1 / at.scale),
      ArrowLeft: () => move(at.x + step, at.y, at.scale), ArrowRight: () => move(at.x - step, at.y, at.scale),
      ArrowUp: () => move(at.x, at.y + step, at.scale), ArrowDown: () => move(at.x, at.y - step, at.scale),
    };
    if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
  });
})();

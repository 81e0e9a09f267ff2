"use strict";
(() => {
  const stage = document.getElementById("stage");
  const svg = stage.querySelector("svg");
  const said = document.getElementById("said");
  const search = document.getElementById("search");
  const nodes = [...svg.querySelectorAll("[data-id]")];
  const wires = [...svg.querySelectorAll("[data-from]")];
  const size = { w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
  const view = { x: 0, y: 0, k: 1 };
  let picked = null;

  // ---- Place and scale -------------------------------------------------------------------------------------------
  const show = () => { svg.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.k})`; };
  const fit = () => {
    const room = { w: stage.clientWidth - 32, h: stage.clientHeight - 88 };
    view.k = Math.min(1.5, room.w / size.w, room.h / size.h);
    view.x = (stage.clientWidth - size.w * view.k) / 2;
    view.y = Math.max(16, (room.h - size.h * view.k) / 2 + 16);
    show();
  };
  const zoom = (by, x = stage.clientWidth / 2, y = stage.clientHeight / 2) => {
    const k = Math.min(8, Math.max(0.02, view.k * by));
    view.x = x - (x - view.x) * (k / view.k);
    view.y = y - (y - view.y) * (k / view.k);
    view.k = k;
    show();
  };
  const centre = (box) => {
    view.x += stage.clientWidth / 2 - (box.left + box.width / 2);
    view.y += stage.clientHeight / 2 - (box.top + box.height / 2);
    show();
  };
  stage.addEventListener("wheel", (e) => {
    e.preventDefault();
    zoom(Math.exp(-e.deltaY * (e.ctrlKey ? 0.01 : 0.0015)), e.clientX, e.clientY);
  }, { passive: false });
  let hold = null;
  stage.addEventListener("pointerdown", (e) => {
    hold = { x: e.clientX, y: e.clientY, vx: view.x, vy: view.y, moved: false };
  });
  window.addEventListener("pointermove", (e) => {
    if (!hold) return;
    const dx = e.clientX - hold.x, dy = e.clientY - hold.y;
    if (!hold.moved && Math.hypot(dx, dy) < 4) return;
    hold.moved = true;
    stage.classList.add("moving");
    view.x = hold.vx + dx;
    view.y = hold.vy + dy;
    show();
  });
  window.addEventListener("pointerup", (e) => {
    const was = hold;
    hold = null;
    stage.classList.remove("moving");
    if (!was || was.moved || !stage.contains(e.target)) return;
    if (e.target.closest("a")) return;
    const node = e.target.closest("[data-id]");
    if (!node) return pick(null);
    if (e.shiftKey && picked && picked !== node.dataset.id) return path(picked, node.dataset.id);
    pick(node.dataset.id === picked ? null : node.dataset.id);
  });

  // ---- What belongs together -------------------------------------------------------------------------------------
  const name = (id) => {
    const node = nodes.find((n) => n.dataset.id === id);
    const title = node && node.querySelector("title");
    return title ? title.textContent.split("\n")[0] : id;
  };
  const light = (ids, edges) => {
    stage.classList.add("picked");
    for (const n of nodes) n.classList.toggle("lit", ids.has(n.dataset.id));
    for (const w of wires) w.classList.toggle("lit", edges.has(`${w.dataset.from} ${w.dataset.to}`));
  };
  const pick = (id) => {
    picked = id;
    for (const n of nodes) n.setAttribute("aria-pressed", String(n.dataset.id === id));
    if (id === null) {
      stage.classList.remove("picked");
      said.textContent = "";
      return;
    }
    const ids = new Set([id]), edges = new Set();
    for (const w of wires) {
      if (w.dataset.from === id || w.dataset.to === id) {
        ids.add(w.dataset.from).add(w.dataset.to);
        edges.add(`${w.dataset.from} ${w.dataset.to}`);
      }
    }
    light(ids, edges);
    said.textContent = `${name(id)} and ${ids.size - 1} neighbour${ids.size === 2 ? "" : "s"}; shift-click another for the way there`;
  };
  const path = (from, to) => {
    const before = new Map([[from, null]]);
    const queue = [from];
    while (queue.length && !before.has(to)) {
      const at = queue.shift();
      for (const w of wires) {
        if (w.dataset.from === at && !before.has(w.dataset.to)) {
          before.set(w.dataset.to, at);
          queue.push(w.dataset.to);
        }
      }
    }
    if (!before.has(to)) {
      said.textContent = `no way from ${name(from)} to ${name(to)}`;
      return;
    }
    const ids = new Set([to]), edges = new Set();
    for (let at = to; before.get(at) !== null; at = before.get(at)) {
      ids.add(before.get(at));
      edges.add(`${before.get(at)} ${at}`);
    }
    light(ids, edges);
    said.textContent = `${name(from)} to ${name(to)} in ${edges.size} step${edges.size === 1 ? "" : "s"}`;
  };

  // ---- Search ----------------------------------------------------------------------------------------------------
  const find = () => {
    const words = search.value.trim().toLowerCase();
    if (!words) return pick(null);
    const hits = nodes.filter((n) => n.textContent.toLowerCase().includes(words));
    light(new Set(hits.map((n) => n.dataset.id)), new Set());
    said.textContent = `${hits.length} found`;
    if (hits.length) centre(hits[0].getBoundingClientRect());
  };
  search.addEventListener("input", find);

  // ---- Light and dark --------------------------------------------------------------------------------------------
  const sheet = svg.querySelector("style");
  const original = sheet ? sheet.textContent : "";
  const grounds = ["auto", "light", "dark"];
  const button = document.getElementById("ground");
  // The page goes on where the picture ends, whatever its theme.
  const paper = svg.querySelector("rect");
  const surround = () => { if (paper) document.body.style.background = getComputedStyle(paper).fill; };
  window.matchMedia("(prefers-color-scheme:dark)").addEventListener("change", surround);
  const ground = (which) => {
    document.documentElement.dataset.ground = which;
    button.textContent = { auto: "◐", light: "○", dark: "●" }[which];
    button.title = `Ground: ${which}`;
    const when = { auto: "(prefers-color-scheme:dark)", light: "not all", dark: "all" }[which];
    if (sheet) sheet.textContent = original.replace("@media(prefers-color-scheme:dark)", `@media ${when}`);
    surround();
  };
  button.addEventListener("click", () => {
    ground(grounds[(grounds.indexOf(document.documentElement.dataset.ground) + 1) % grounds.length]);
  });

  // ---- Keyboard --------------------------------------------------------------------------------------------------
  // An image hides its parts from assistive technology; here they are to be used.
  svg.setAttribute("role", "group");
  for (const n of nodes) {
    n.setAttribute("tabindex", "0");
    n.setAttribute("aria-pressed", "false");
    n.setAttribute("role", "button");
    n.setAttribute("aria-label", name(n.dataset.id));
    n.addEventListener("focus", () => {
      const box = n.getBoundingClientRect();
      const seen = box.left >= 0 && box.top >= 0 && box.right <= stage.clientWidth && box.bottom <= stage.clientHeight;
      if (!seen) centre(box);
    });
  }
  window.addEventListener("keydown", (e) => {
    if (e.target === search) {
      if (e.key === "Escape") { search.value = ""; search.blur(); pick(null); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const step = 60;
    const press = () => { const n = document.activeElement.closest("[data-id]"); if (n) pick(n.dataset.id === picked ? null : n.dataset.id); };
    const act = {
      "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), "0": fit,
      "/": () => search.focus(), "Escape": () => pick(null),
      "ArrowLeft": () => { view.x += step; show(); }, "ArrowRight": () => { view.x -= step; show(); },
      "ArrowUp": () => { view.y += step; show(); }, "ArrowDown": () => { view.y -= step; show(); },
      "Enter": press, " ": press,
    }[e.key];
    // Buttons and links keep what a key does to them.
    if ((e.key === "Enter" || e.key === " ") && e.target.closest?.("button, a")) return;
    if (act) { e.preventDefault(); act(); }
  });
  document.getElementById("in").addEventListener("click", () => zoom(1.25));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.25));
  document.getElementById("fit").addEventListener("click", fit);
  window.addEventListener("resize", fit);
  ground("auto");
  fit();
})();

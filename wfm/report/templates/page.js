"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const config = { displayModeBar: false, responsive: true, showTips: false, scrollZoom: false, doubleClick: false };

  function draw(box, figure) {
    const first = !box.on;
    Plotly.react(box, figure.data, figure.layout, config);
    scalable(box);
    if (first) box.on("plotly_afterplot", () => scalable(box));
  }

  // A printed page has another width than the window: with a view box the pictures shrink to it (see page.css).
  function scalable(box) {
    for (const svg of box.querySelectorAll(".main-svg")) {
      const [width, height] = [svg.getAttribute("width"), svg.getAttribute("height")];
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      box.style.setProperty("--ratio", `${width} / ${height}`);
    }
  }

  function dayFigure(cover, queue, day) {
    const span = cover.days[day];
    const levels = cover.queues[queue];
    const required = levels.required.slice(span.from, span.to);
    const covered = levels.cover.slice(span.from, span.to);
    const clock = cover.clock.slice(span.from, span.to);
    const at = clock.map((_, i) => i);
    const [both, short, spare, line] = cover.figure.data;
    const last = at.length - 1;
    const edge = [[-0.5, 0], ...at.map((i) => [i, i]), [last + 0.5, last]];
    const told = (i) => [clock[i], required[i], covered[i]];
    const ticks = at.filter((i) => i % (2 * cover.hour) === 0);
    const layout = structuredClone(cover.figure.layout);
    Object.assign(layout.xaxis, {
      tickvals: ticks.map((i) => i - 0.5),
      ticktext: ticks.map((i) => clock[i]),
      range: [-0.5, at.length - 0.5],
    });
    return {
      layout,
      data: [
        { ...both, x: at, y: at.map((i) => Math.min(required[i], covered[i])) },
        { ...short, x: at, y: at.map((i) => Math.max(0, required[i] - covered[i])) },
        { ...spare, x: at, y: at.map((i) => Math.max(0, covered[i] - required[i])) },
        { ...line, x: edge.map(([x]) => x), y: edge.map(([, i]) => required[i]), customdata: edge.map(([, i]) => told(i)) },
      ],
    };
  }

  function setUpCover() {
    const queue = document.getElementById("pick-queue");
    const day = document.getElementById("pick-day");
    const box = document.getElementById("day-chart");
    const show = () => draw(box, dayFigure(data.day, Number(queue.value), Number(day.value)));
    queue.value = data.day.start.queue;
    day.value = data.day.start.day;
    queue.addEventListener("change", show);
    day.addEventListener("change", show);
    show();
    for (const heat of document.querySelectorAll(".heat")) {
      draw(heat, data.heat[Number(heat.dataset.queue)]);
      heat.on("plotly_click", (event) => {
        queue.value = heat.dataset.queue;
        day.value = Math.round(event.points[0].pointNumber[0]);
        show();
        box.scrollIntoView({ block: "center" });
      });
    }
  }

  if (data.day) setUpCover();
  if (data.pay) draw(document.getElementById("pay-chart"), data.pay);
  if (data.trace) draw(document.getElementById("trace-chart"), data.trace);
})();

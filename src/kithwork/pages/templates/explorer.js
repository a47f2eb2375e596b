// Draws the network that the page holds: move, zoom, choose a kind of tie, a chance, a unit or a person. Asks nobody.
(function () {
  "use strict";
  var net = JSON.parse(document.getElementById("network").textContent);
  var section = document.getElementById("picture"), form = document.getElementById("pick");
  var canvas = document.getElementById("canvas"), said = document.getElementById("said");
  var pen = canvas.getContext("2d"), view = { x: 0.5, y: 0.5, size: 0.9 }, over = -1, held = null;
  var colours = ["--per", "--fun", "--str"];
  section.hidden = false;

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function side() { return Math.min(canvas.clientWidth, canvas.clientHeight); }
  function at(person) {
    return [
      canvas.clientWidth / 2 + (person[2] - view.x) * side() * view.size,
      canvas.clientHeight / 2 + (person[3] - view.y) * side() * view.size
    ];
  }
  function chosen() {
    var kind = form.kind.value, unit = form.unit.value, words = form.person.value.trim().toLowerCase();
    var found = words ? net.people.findIndex(function (one) { return one[0].toLowerCase().indexOf(words) >= 0; }) : -1;
    return { kind: kind === "" ? -1 : +kind, chance: +form.chance.value, unit: unit === "" ? -1 : +unit, person: found };
  }
  function shows(tie, pick) {
    if (pick.kind >= 0 && tie[2 + pick.kind] < pick.chance) return false;
    if (pick.person >= 0) return tie[0] === pick.person || tie[1] === pick.person;
    return pick.unit < 0 || net.people[tie[0]][1] === pick.unit || net.people[tie[1]][1] === pick.unit;
  }
  function draw() {
    var scale = window.devicePixelRatio || 1, pick = chosen(), ties = net.ties.filter(function (tie) { return shows(tie, pick); });
    var near = new Set();
    canvas.width = canvas.clientWidth * scale;
    canvas.height = canvas.clientHeight * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.strokeStyle = pick.kind < 0 ? colour("--axis") : colour(colours[pick.kind]);
    pen.globalAlpha = Math.max(0.12, Math.min(0.8, 300 / Math.max(ties.length, 1)));
    pen.beginPath();
    ties.forEach(function (tie) {
      var a = at(net.people[tie[0]]), b = at(net.people[tie[1]]);
      pen.moveTo(a[0], a[1]);
      pen.lineTo(b[0], b[1]);
      near.add(tie[0]).add(tie[1]);
    });
    pen.stroke();
    pen.globalAlpha = 1;
    net.people.forEach(function (person, i) {
      var spot = at(person), plain = pick.person >= 0 ? i !== pick.person : pick.unit >= 0 && person[1] !== pick.unit;
      pen.fillStyle = colour(plain ? "--axis" : "--ink");
      pen.globalAlpha = plain && !near.has(i) ? 0.35 : 1;
      pen.beginPath();
      pen.arc(spot[0], spot[1], i === over || i === pick.person ? 6 : 3, 0, 7);
      pen.fill();
    });
    pen.globalAlpha = 1;
    if (over >= 0) {
      var place = at(net.people[over]);
      pen.fillStyle = colour("--ink");
      pen.font = "14px sans-serif";
      pen.fillText(named(over), Math.min(place[0] + 9, canvas.clientWidth - 220), Math.max(place[1] - 7, 16));
    }
    form.told.value = form.chance.value + "%";
    said.textContent = ties.length.toLocaleString("en") + " of " + net.ties.length.toLocaleString("en") + " ties shown"
      + (pick.person >= 0 ? ", those of " + named(pick.person) : form.person.value.trim() ? "; nobody is called so" : "") + ".";
  }
  function named(i) {
    var person = net.people[i];
    return person[0] + (person[1] < 0 ? "" : ", " + net.units[person[1]]);
  }
  function move(x, y) { view.x -= x / (side() * view.size); view.y -= y / (side() * view.size); draw(); }
  function zoom(by) { view.size = Math.max(0.5, Math.min(40, view.size * by)); draw(); }
  function whole() { view = { x: 0.5, y: 0.5, size: 0.9 }; draw(); }

  canvas.addEventListener("pointerdown", function (event) { held = [event.offsetX, event.offsetY]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointerup", function () { held = null; });
  canvas.addEventListener("pointermove", function (event) {
    if (held) {
      var by = [event.offsetX - held[0], event.offsetY - held[1]];
      held = [event.offsetX, event.offsetY];
      return move(by[0], by[1]);
    }
    var best = 12, found = -1;
    net.people.forEach(function (person, i) {
      var spot = at(person), far = Math.hypot(spot[0] - event.offsetX, spot[1] - event.offsetY);
      if (far < best) { best = far; found = i; }
    });
    if (found !== over) { over = found; draw(); }
  });
  canvas.addEventListener("wheel", function (event) { event.preventDefault(); zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2); }, { passive: false });
  canvas.addEventListener("keydown", function (event) {
    var steps = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
    if (steps[event.key]) { event.preventDefault(); move(steps[event.key][0], steps[event.key][1]); }
    if (event.key === "+" || event.key === "=") zoom(1.2);
    if (event.key === "-") zoom(1 / 1.2);
  });
  form.addEventListener("input", draw);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.whole.addEventListener("click", whole);
  window.addEventListener("resize", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  draw();
})();

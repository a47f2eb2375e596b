// Marks the section being read, opens all data tables at once, sorts and filters long tables. The page is complete without it.
(function () {
  "use strict";
  var links = Array.from(document.querySelectorAll(".toc a[href^='#']"));
  var sections = links.map(function (link) { return document.getElementById(link.hash.slice(1)); });

  function mark() {
    var line = window.innerHeight * 0.3;
    var here = 0;
    sections.forEach(function (section, i) {
      if (section && section.getBoundingClientRect().top <= line) here = i;
    });
    if (window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2) here = links.length - 1;
    links.forEach(function (link, i) {
      if (i === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  if (links.length) {
    window.addEventListener("scroll", mark, { passive: true });
    window.addEventListener("resize", mark, { passive: true });
    mark();
  }

  var button = document.getElementById("open-tables");
  var tables = document.querySelectorAll("details.dt");
  if (button && tables.length) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = button.textContent === "Open all data tables";
      tables.forEach(function (table) { table.open = open; });
      button.textContent = open ? "Close all data tables" : "Open all data tables";
    });
  }

  var LONG = 20;
  document.querySelectorAll("[data-page='report'] main table").forEach(function (table) {
    var body = table.tBodies[0];
    var rows = body ? Array.from(body.rows) : [];
    if (rows.length <= LONG || !table.tHead) return;
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var name = head.textContent.trim();
      if (!name) return;
      var sorter = document.createElement("button");
      sorter.type = "button";
      sorter.className = "sort";
      sorter.setAttribute("aria-label", "Sort by " + name);
      head.append(sorter);
      sorter.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var keyed = rows.map(function (row, at) { return { row: row, at: at, key: key(row.cells[column]) }; });
        keyed.sort(function (one, other) { return order(one.key, other.key, down) || one.at - other.at; });
        keyed.forEach(function (one) { body.appendChild(one.row); });
      });
    });
    var line = document.createElement("p");
    var label = document.createElement("label");
    var field = document.createElement("input");
    var said = document.createElement("span");
    line.className = "filter";
    field.type = "search";
    said.setAttribute("role", "status");
    label.append("Show rows with ", field);
    line.append(label, " ", said);
    table.before(line);
    field.addEventListener("input", function () {
      var asked = field.value.trim().toLowerCase();
      var left = rows.filter(function (row) {
        row.hidden = row.cells[0].textContent.toLowerCase().indexOf(asked) < 0;
        return !row.hidden;
      });
      said.textContent = asked ? left.length + " of " + rows.length : "";
    });
  });

  function key(cell) {
    var figure = cell && cell.querySelector("data[value]");
    var text = cell ? cell.textContent.trim() : "";
    var number = figure ? Number(figure.value) : Number(text.replace(/,/g, "").replace("\u2212", "-").replace(/%$/, ""));
    return text === "" || isNaN(number) ? text : number;
  }

  // Numbers by size; words after them, by their letters; what is held back or not there always last.
  function order(one, other, down) {
    var last = [one, other].map(function (key) { return key === "" || key === "[c]" || key === "\u2013"; });
    if (last[0] || last[1]) return last[0] - last[1];
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    var side = typeof one === "number" ? one - other : one.localeCompare(other, "en-GB", { numeric: true });
    return down ? -side : side;
  }
})();

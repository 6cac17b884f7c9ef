// What pages do better with a script; without it everything works as well.
"use strict";

// one key for a decision, unless somebody is writing
document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) {
        return;
    }
    if (document.cookie.split("; ").includes("keys=off")) {
        return;
    }
    if (event.key === "/") {
        event.preventDefault();
        document.querySelector("#q")?.focus();
        return;
    }
    const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (button) {
        event.preventDefault();
        button.focus();
        button.click();
        // what opens leads to its first field
        button.closest("details")?.querySelector("input:not([type=hidden]), select")?.focus();
    }
});

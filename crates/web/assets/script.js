// What pages do better with a script; without it everything works as well.
"use strict";

// who judges is asked once
const kept = (() => {
    try {
        return window.localStorage;
    } catch {
        return null;
    }
})();
for (const field of document.querySelectorAll('.review input[name="author"]')) {
    field.value ||= kept?.getItem("author") ?? "";
    field.addEventListener("change", () => kept?.setItem("author", field.value));
}

// one key for a decision, unless somebody is writing
document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) {
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
    }
});

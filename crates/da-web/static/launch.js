// Presses the button of the page that a link leads to.
document.getElementById("launch").submit();

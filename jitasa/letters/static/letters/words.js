// A page of A4 is too small to read on a phone: there the letter's text stands open above it.
const words = document.querySelector(".letter-split .letter-words");
if (words && matchMedia("(max-width: 720px)").matches) words.open = true;

//! A picture as a page of its own: pan, zoom, search, what belongs together, light and dark; one file, no network.
//!
//! Takes a finished SVG and puts it between style and script of `assets/page`. The SVG comes from [`super::svg`], where every
//! text of a user is escaped; the title is escaped here.

use super::svg::escape;

/// Makes a page of a picture that [`super::svg`](super::svg()) drew. `title` is shown by the browser.
#[must_use]
pub fn html(svg: &str, title: &str) -> String {
    const CSS: &str = include_str!("../../assets/page/picture.css");
    const JS: &str = include_str!("../../assets/page/picture.js");
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\" data-ground=\"auto\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Blueprose\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:\">\n\
         <title>{title}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n<div id=\"stage\">\n{svg}</div>\n\
         <div id=\"bar\">\n<input id=\"search\" type=\"search\" placeholder=\"Search ( / )\" aria-label=\"Search components\">\n\
         <button id=\"out\" title=\"Smaller ( − )\" aria-label=\"Smaller\">−</button>\n<button id=\"in\" title=\"Larger ( + )\" aria-label=\"Larger\">+</button>\n\
         <button id=\"fit\" title=\"Fit ( 0 )\">Fit</button>\n<button id=\"ground\" title=\"Ground\" aria-label=\"Light or dark\">◐</button>\n\
         <span id=\"said\" role=\"status\"></span>\n</div>\n<script>\n{JS}</script>\n</body>\n</html>\n"
    )
}

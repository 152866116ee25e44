package listing_test

import (
	"regexp"
	"strings"
	"testing"

	"patchbay/app/listing"
)

func TestHTML_keepsStructureAndHTTPSLinks(t *testing.T) {
	got := listing.HTML("### Why\n\nIt **answers** *quickly*, see [the site](https://www.example.com/a?b=1).\n\n- one\n- `two`\n\n> three\n")
	want := "<h3>Why</h3>\n<p>It <strong>answers</strong> <em>quickly</em>, see <a href=\"https://www.example.com/a?b=1\">the site</a>.</p>\n<ul>\n<li>one</li>\n<li><code>two</code></li>\n</ul>\n<blockquote>\n<p>three</p>\n</blockquote>\n"
	if got != want {
		t.Errorf("HTML =\n%s\nwant\n%s", got, want)
	}
}

// hostile is after the OWASP list for evading filters, the fixtures of the
// sanitisers, and what is special about this window: its own scheme, ids that
// become global names, and local ports.
var hostile = []string{
	`<script>alert(1)</script>`,
	`<SCRIPT SRC=https://evil.example/x.js></SCRIPT>`,
	`<scr<script>ipt>alert(1)</scr</script>ipt>`,
	`<img src=x onerror=alert(1)>`,
	`<img src="https://evil.example/pixel.gif">`,
	`<img src="http://127.0.0.1:8080/admin">`,
	`![pixel](https://evil.example/pixel.gif)`,
	`![x](javascript:alert(1))`,
	`<svg onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`,
	`<svg><style><img src=x onerror=alert(1)></style></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<iframe src="https://evil.example"></iframe>`,
	`<iframe srcdoc="<script>alert(1)</script>"></iframe>`,
	`<object data="data:text/html;base64,PHNjcmlwdD4="></object>`,
	`<embed src="https://evil.example/x.swf">`,
	`<link rel=stylesheet href=https://evil.example/x.css>`,
	`<style>@import 'https://evil.example/x.css';</style>`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`,
	`<base href="https://evil.example/">`,
	`<form action="https://evil.example"><input name=x><button>Go</button></form>`,
	`<div id="root" class="modal" style="position:fixed">x</div>`,
	`<a id="patchbay" name="runtime">x</a>`,
	`<p id=go>x</p>`,
	`[x](javascript:alert(1))`,
	`[x](JaVaScRiPt:alert(1))`,
	`[x](&#106;avascript:alert(1))`,
	`[x](java&Tab;script:alert(1))`,
	"[x](\x01javascript:alert(1))",
	`[x](vbscript:msgbox(1))`,
	`[x](data:text/html;base64,PHNjcmlwdD4=)`,
	`[x](wails://wails/runtime)`,
	`[x](patchbay://install/evil)`,
	`[x](file:///etc/passwd)`,
	`[x](http://plain.example)`,
	`[x](//evil.example)`,
	`[x](/settings)`,
	`[x](#/settings)`,
	`[x](mailto:a@example.com)`,
	`[x](https://bank.example@evil.example/)`,
	`[x](https://аpple.example/)`,
	`<a href="javascript:alert(1)">x</a>`,
	`<a href="https://ok.example" onclick="alert(1)" target="_blank">x</a>`,
	`<javascript:alert(1)>`,
	`<details open ontoggle=alert(1)>`,
	`<video><source onerror="alert(1)"></video>`,
	`<audio src=https://evil.example/x.mp3 autoplay>`,
	`<body onload=alert(1)>`,
	`<template><script>alert(1)</script></template>`,
	`<textarea></textarea><script>alert(1)</script>`,
	`<!--><script>alert(1)</script>-->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`<?php echo 1 ?>`,
	"[ref]\n\n[ref]: javascript:alert(1)",
	`"><script>alert(1)</script>`,
	"```html\n<script>alert(1)</script>\n```",
	"`<img src=x onerror=alert(1)>`",
	"# Big\n\n## Bigger",
}

var (
	openingTag = regexp.MustCompile(`<[^>]*>`)
	allowedTag = regexp.MustCompile(`^</?(p|br|strong|em|code|pre|ul|ol|li|blockquote|h3|h4|hr)\s*/?>$|^</a>$|^<a href="https://[a-z0-9.-]+\.example[^"<>@]*">$`)
)

func TestHTML_hostileMarkdownBecomesHarmless(t *testing.T) {
	for _, source := range hostile {
		for _, text := range []string{source, "Words " + source + " words", "- " + source, "> " + source} {
			html := listing.HTML(text)
			for _, tag := range openingTag.FindAllString(html, -1) {
				if !allowedTag.MatchString(tag) {
					t.Errorf("HTML(%q)\nlets through %q in\n%s", text, tag, html)
				}
			}
			// What is left of the text is text: no tag begins that does not end.
			if rest := openingTag.ReplaceAllString(html, ""); strings.ContainsAny(rest, "<>") {
				t.Errorf("HTML(%q)\nleaves an open tag in\n%s", text, html)
			}
			if again := listing.HTML(text); again != html {
				t.Errorf("HTML(%q) differs from call to call", text)
			}
		}
	}
}

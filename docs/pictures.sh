#!/bin/sh
# Makes the pictures of README.md anew. Needs Chromium, ImageMagick and Noto Serif CJK.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/.."
bilingual translate content/_portfolio/planning-a-visit.md --layout side-by-side --out "$work" >/dev/null
page="file://$work/planning-a-visit.side-by-side.html"
# Chromium opens no window narrower than 500 pixels; a frame is as narrow as it is told.
echo "<body style='margin:0'><iframe src='$page' style='border:0;width:390px;height:1080px'></iframe>" >"$work/phone.html"
shot() { chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --screenshot="$work/$1" --window-size="$2" "$3"; }
shot wide.png 1280,1175 "$page" 2>/dev/null
shot narrow.png 500,1080 "file://$work/phone.html" 2>/dev/null
convert "$work/wide.png" -colors 48 -strip "$here/side-by-side.png"
convert "$work/narrow.png" -crop 390x1080+0+0 +repage -colors 48 -strip "$here/side-by-side-phone.png"

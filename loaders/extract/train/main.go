// Command train learns the judge that is part of the program from annotated
// reports: the annotations named as arguments. The same reports give the same
// file.
//
//	go run ./loaders/extract/train -reports DIR -out loaders/extract/judge.bin ANNOTATION.json...
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/lantu-kg/lantu/loaders/extract"
)

func main() {
	reports := flag.String("reports", "", "folder that holds the reports annotated")
	out := flag.String("out", "", "file to write the judge to")
	without := flag.String("without", "", "names of annotations, or how they begin, never to learn from, with commas between")
	flag.Parse()
	if *reports == "" || *out == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := train(*reports, *out, strings.Split(*without, ","), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(reports, out string, without, annotations []string) error {
	annotated, err := extract.ReadAnnotated(context.Background(), annotations, reports)
	if err != nil {
		return err
	}
	x, err := extract.New()
	if err != nil {
		return err
	}
	kept := annotated[:0]
	for _, a := range annotated {
		if !a.Named(without) {
			kept = append(kept, a)
		}
	}
	samples, err := x.Prepare(kept)
	if err != nil {
		return err
	}
	var file bytes.Buffer
	if err := samples.Learn(nil).Write(&file); err != nil {
		return err
	}
	return os.WriteFile(out, file.Bytes(), 0o644)
}

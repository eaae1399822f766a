// Package schema says what can be said: the vocabulary of Lantu.
//
// A government report is read once and becomes a [Reading]: the [Report] with
// its [Section]s and [Passage]s, and what stands in them, as
//
//   - [Entity]: a named thing of one of ten [Kind]s, with a [Mention] for
//     every place in the text that names it;
//   - [Claim]: one statement about an entity, subject–[Relation]–object, a
//     thing of its own as in Wikibase, with qualifiers;
//   - [Observation]: one measured number, of one of four [ObservationType]s.
//
// Every mention, claim and observation carries [Evidence]: the report, the
// passage, the code-point span, the quote, the rule that found it and how sure
// that rule is. Nothing is stored without the sentence it came from.
//
// # The way of a fact
//
//	report file
//	  -> loaders/document  bytes -> Document (Report, Sections, Passages)
//	  -> loaders/segment   text -> tokens; gazetteer
//	  -> loaders/extract   tokens -> mentions, claims, observations of a passage
//	  -> loaders/resolve   names -> one identity; local findings -> Reading
//	  -> Sink              a func; cmd passes graph.Store's Put
//	  -> graph             Reading <-> quads in Cayley
//	  -> graph/api         GraphQL resolvers (SDL beside this file: *.graphqls)
//	  -> web, explorer, clients
//
// # Identity
//
// Identifiers derive from content ([EntityID], [ClaimID], [ObservationID],
// [ReportID], [PassageID]): loading a report twice changes nothing, and the
// same fact in two reports is one claim with two pieces of evidence.
//
// This package imports the standard library only.
package schema

package api

import (
	"context"
	"slices"
	"time"

	"github.com/lantu-kg/lantu/graph/api/generated"
	"github.com/lantu-kg/lantu/schema"
)

// isDate reports whether a text is a day, a month or a year that there is.
func isDate(text string) bool {
	return slices.ContainsFunc([]string{time.DateOnly, "2006-01", "2006"}, func(layout string) bool {
		_, err := time.Parse(layout, text)
		return err == nil
	})
}

// mustBeDates refuses arguments that are no dates.
func mustBeDates(arguments map[string]*string) error {
	for argument, date := range arguments {
		if date != nil && !isDate(*date) {
			return badInput("%s: %.20q is no date: write YYYY, YYYY-MM or YYYY-MM-DD", argument, *date)
		}
	}
	return nil
}

// until reports whether a date is another or earlier. Dates compare as texts; a
// shorter one stands for the whole of its time.
func until(date, last string) bool {
	n := min(len(date), len(last))
	return date[:n] <= last[:n]
}

// meets reports whether a period, which is known, has a day in common with the
// one asked for.
func meets(p schema.Period, asked *generated.PeriodInput) bool {
	if p.From == "" && p.To == "" {
		return false
	}
	return (asked.To == nil || p.From == "" || until(p.From, *asked.To)) &&
		(asked.From == nil || p.To == "" || until(*asked.From, p.To))
}

func mustBePeriod(asked *generated.PeriodInput) error {
	return mustBeDates(map[string]*string{"period.from": asked.From, "period.to": asked.To})
}

// reportMeets passes reports that look back on or plan for the time asked for.
func reportMeets(asked *generated.PeriodInput) (test[*schema.Report], error) {
	if err := mustBePeriod(asked); err != nil {
		return nil, err
	}
	return func(r *schema.Report) bool { return meets(r.Period, asked) || meets(r.Aim, asked) }, nil
}

// timeTest passes what holds for the time asked for: the time stated for it,
// else that of a report that says it.
func (rq *request) timeTest(ctx context.Context, asked *generated.PeriodInput) (test[said], error) {
	if err := mustBePeriod(asked); err != nil {
		return nil, err
	}
	reports, err := rq.allReports(ctx)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*schema.Report, len(reports))
	for _, r := range reports {
		byID[r.ID] = r
	}
	return func(s said) bool {
		if s.period.From != "" || s.period.To != "" {
			return meets(s.period, asked)
		}
		return slices.ContainsFunc(s.evidence, func(e schema.Evidence) bool {
			r := byID[e.ReportID]
			return r != nil && (s.modality == schema.Aim && meets(r.Aim, asked) || s.modality != schema.Aim && meets(r.Period, asked))
		})
	}, nil
}

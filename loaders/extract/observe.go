package extract

func (x *Extractor) observe(t *Text, mentions []Mention) []Observation { return nil }

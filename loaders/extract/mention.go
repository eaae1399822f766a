package extract

func (x *Extractor) mentions(t *Text) []Mention { return nil }

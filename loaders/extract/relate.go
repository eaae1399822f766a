package extract

func (x *Extractor) relate(t *Text, mentions []Mention) []Claim { return nil }

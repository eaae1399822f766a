package extract

// findLists finds the members of enumerations.
func (f *finder) findLists() {}

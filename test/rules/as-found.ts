import fc from 'fast-check'

// A history that finds a planted mistake has done its work: nobody reads the shortest one.
fc.configureGlobal({ endOnFailure: true })

// Runs before the first paint: what only works with JavaScript must not flash up without it.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

export {}

// The token that the server asks of what writes, read when it is sent: signed in again in another tab, the person has
// another one than the page was drawn with.
export const currentToken = () => /(?:^|; )csrftoken=(\w+)/.exec(document.cookie)?.[1];

/** JSON as text: what is accepted as a value, and answers written straight to bytes, so that a value is checked but never parsed. */
package io.quorate.node.http.json;

/**
 * The bytes of messages: CBOR (RFC 8949), read and written token by token.
 *
 * <p>A message is an array: a tag that names its type, then its fields in order. Rules that let adjacent versions talk:
 *
 * <ul>
 *   <li>A newer version only appends fields to a message, never changes or removes one; a reader skips what follows the fields it
 *       knows, in messages and in the values within them.
 *   <li>A reader that knows more fields than its protocol version has must supply what an older sender leaves out.
 *   <li>New tags, and new words of an enumeration, are sent only to a peer whose negotiated version knows them. An unknown one, as
 *       anything else that is not as written here, is malformed, and ends the connection.
 * </ul>
 */
package io.quorate.coordinator.wire.codec;

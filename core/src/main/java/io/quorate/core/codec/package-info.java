/** Reading and writing the binary forms that are stored, sent, and handed to clients as tokens. */
package io.quorate.core.codec;

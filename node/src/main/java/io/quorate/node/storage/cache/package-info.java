/** The values that are asked for again and again, kept in memory. The only package that knows Caffeine. */
package io.quorate.node.storage.cache;

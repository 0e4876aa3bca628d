/**
 * What a request says, read strictly: its path, parameters, headers and conditions. Whatever is malformed ends in a
 * {@link io.quorate.node.http.request.Refusal}.
 */
package io.quorate.node.http.request;

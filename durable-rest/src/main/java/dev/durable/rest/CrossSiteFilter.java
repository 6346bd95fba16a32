package dev.durable.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Refuses what another site makes a browser send with the credentials that the browser keeps. */
@Provider
@PreMatching
public class CrossSiteFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    String method = request.getMethod();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      String host = request.getHeaderString(HttpHeaders.HOST);
      SameSite.check(
          request.getHeaderString("Sec-Fetch-Site"),
          request.getHeaderString("Origin"),
          host == null ? request.getUriInfo().getBaseUri().getAuthority() : host);
    }
  }
}

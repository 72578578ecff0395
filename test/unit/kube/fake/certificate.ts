/** A certificate that signs itself, for the host `api.test` alone, until 2126; and its key. They protect nothing. */
export const CERTIFICATE = [
  "-----BEGIN CERTIFICATE-----",
  "MIIBkzCCATqgAwIBAgIUPC38qpheKYT3RmVs4KsjC6tDmwgwCgYIKoZIzj0EAwIw",
  "FDESMBAGA1UEAwwJZWQ4ay10ZXN0MCAXDTI2MTEyNDE4MTAzNFoYDzIxMjYxMDMx",
  "MTgxMDM0WjAUMRIwEAYDVQQDDAllZDhrLXRlc3QwWTATBgcqhkjOPQIBBggqhkjO",
  "PQMBBwNCAAQagd/DT++2LccN8tExDPR3ANhbf+ByHD1PN1NUpuoESn6tKldXOEuE",
  "6st05HxVMK5yRDsXerob7qj89KzL0tRNo2gwZjAdBgNVHQ4EFgQUN417Zv5tNKd4",
  "fuKQ+Ef1pdOWwpUwHwYDVR0jBBgwFoAUN417Zv5tNKd4fuKQ+Ef1pdOWwpUwDwYD",
  "VR0TAQH/BAUwAwEB/zATBgNVHREEDDAKgghhcGkudGVzdDAKBggqhkjOPQQDAgNH",
  "ADBEAiBsIwSw/v4acn/uqxRvwMeaHwL9YSTFS3fGATjYg5cXogIgU7L5yZ+9eRz6",
  "JghPvBMlZd2hEuo/eRIXx/wW/m6wE34=",
  "-----END CERTIFICATE-----",
].join("\n");

export const CERTIFICATE_KEY = [
  "-----BEGIN EC PRIVATE KEY-----",
  "MHcCAQEEIDVscI4wsKVIgiRa6UlXUT20suxpvDAVmZfchBWDzeQYoAoGCCqGSM49",
  "AwEHoUQDQgAEGoHfw0/vti3HDfLRMQz0dwDYW3/gchw9TzdTVKbqBEp+rSpXVzhL",
  "hOrLdOR8VTCuckQ7F3q6G+6o/PSsy9LUTQ==",
  "-----END EC PRIVATE KEY-----",
].join("\n");

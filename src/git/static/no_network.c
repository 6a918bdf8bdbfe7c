/* SPDX-License-Identifier: MIT */
/*
 * Only in the static program: takes the place of what libgit2 would talk to servers with. Nothing
 * here calls it, but libgit2 would set it up at every start, which reads all the certificates of
 * the machine and takes ten times as long as the rest.
 */
int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_mbedtls_stream_new(void **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(void **out, void *in, const char *host);
int git_socket_stream_global_init(void);
int git_socket_stream_new(void **out, const char *host, const char *port);
int git_transport_ssh_global_init(void);
int git_smart_subtransport_ssh(void **out, void *owner, void *param);
int git_transport_ssh_with_paths(void **out, void *owner, void *payload);
int git_http_auth_negotiate(void **out, const void *url);

#define REFUSED (-1)

int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file;
	(void)path;
	return REFUSED;
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port)
{
	(void)out;
	(void)host;
	(void)port;
	return REFUSED;
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{
	(void)out;
	(void)in;
	(void)host;
	return REFUSED;
}

int git_socket_stream_global_init(void)
{
	return 0;
}

int git_socket_stream_new(void **out, const char *host, const char *port)
{
	(void)out;
	(void)host;
	(void)port;
	return REFUSED;
}

int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
	(void)out;
	(void)owner;
	(void)param;
	return REFUSED;
}

int git_transport_ssh_with_paths(void **out, void *owner, void *payload)
{
	(void)out;
	(void)owner;
	(void)payload;
	return REFUSED;
}

int git_http_auth_negotiate(void **out, const void *url)
{
	(void)out;
	(void)url;
	return REFUSED;
}

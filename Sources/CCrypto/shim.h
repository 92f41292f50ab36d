#pragma once

// The plain block functions are still what is wanted here: they never fail.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md5.h>
#include <openssl/sha.h>

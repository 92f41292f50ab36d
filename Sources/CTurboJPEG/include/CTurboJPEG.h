#pragma once

// jpeglib.h wants FILE and size_t declared before it.
#include <stddef.h>
#include <stdio.h>

#include <jerror.h>
#include <jpeglib.h>
#include <turbojpeg.h>

#include "LosslessTransform.h"
#include "LumaDecode.h"
#include "RegionLuma.h"
#include "RowEncoder.h"
#include "ScaledDecode.h"

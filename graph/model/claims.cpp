#include "graph/model/claims.h"

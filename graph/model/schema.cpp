#include "graph/model/schema.h"

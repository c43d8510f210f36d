#include "graph/model/statement.h"

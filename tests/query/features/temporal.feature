Feature: Points in time and durations

  Scenario: properties are stored, found and compared
    Given an empty graph
    And having executed:
      """
      CREATE (:会 {名: '甲', 日: date('2026-03-09'), 时: datetime('2026-03-09T09:00[Asia/Shanghai]'), 长: duration('PT90M')}),
             (:会 {名: '乙', 日: date('2026-02-28'), 时: datetime('2026-02-28T14:30+08:00'), 长: duration({hours: 2})}),
             (:会 {名: '丙', 日: date('2026-02-28'), 时: datetime('2026-02-28T06:30Z')})
      """
    When executing query:
      """
      MATCH (n:会) WHERE n.日 >= date('2026-02-28') AND n.日 < date({year: 2026, month: 3})
      RETURN n.名 AS 名, n.时 AS 时, n.时 + n.长 AS 毕 ORDER BY n.时 DESC
      """
    Then the result should be, in order:
      | 名   | 时                       | 毕                       |
      | '乙' | '2026-02-28T14:30+08:00' | '2026-02-28T16:30+08:00' |
      | '丙' | '2026-02-28T06:30Z'      | null                     |
    When executing query:
      """
      MATCH (n:会) RETURN n.日.month AS 月, count(*) AS 数, sum(n.长) AS 长 ORDER BY 月
      """
    Then the result should be, in order:
      | 月 | 数 | 长         |
      | 2  | 2  | 'PT2H'     |
      | 3  | 1  | 'PT1H30M'  |
    When executing query:
      """
      MERGE (n:会 {日: date('2026-03-09')}) SET n.再 = n.日 + duration('P1W') RETURN n.再
      """
    Then the result should be, in any order:
      | n.再         |
      | '2026-03-16' |
    And the side effects should be:
      | +properties | 1 |

  Scenario: one clock a statement
    Given any graph
    When executing query:
      """
      UNWIND range(1, 3) AS i
      WITH datetime() AS a, i, date() AS d, timestamp() AS ms
      RETURN a = datetime.statement() AS same, d = date(a) AS day, ms = a.epochMillis AS millis, count(*) AS n
      """
    Then the result should be, in any order:
      | same | day  | millis | n |
      | true | true | true   | 3 |
    When executing query:
      """
      RETURN datetime.realtime() >= datetime.transaction() AS later, localtime({timezone: 'Asia/Shanghai'}) = localtime.statement('Asia/Shanghai') AS there
      """
    Then the result should be, in any order:
      | later | there |
      | true  | true  |

  Scenario: what is not known, and what has no order
    Given any graph
    When executing query:
      """
      RETURN date(null) AS a, date('2026-01-01') + null AS b, date({year: null}) AS c,
             duration('P1M') < duration('P31D') AS d, date('2026-01-01') < datetime('2026-01-02T00:00Z') AS e,
             date('2026-01-01') = '2026-01-01' AS f
      """
    Then the result should be, in any order:
      | a    | b    | c    | d    | e    | f     |
      | null | null | null | null | null | false |

  Scenario: numbers and durations
    Given any graph
    When executing query:
      """
      RETURN 2 * duration('P1DT12H') AS a, duration('P1D') / 4 AS b, avg(x) AS c, 'in ' + duration('P3D') AS d
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable
    When executing query:
      """
      UNWIND [duration('P1D'), duration('P3D'), null] AS x
      RETURN 2 * duration('P1DT12H') AS a, duration('P1D') / 4 AS b, avg(x) AS c, 'in ' + duration('P3D') AS d
      """
    Then the result should be, in any order:
      | a         | b      | c     | d        |
      | 'P2DT24H' | 'PT6H' | 'P2D' | 'in P3D' |

  Scenario Outline: values that do not exist
    Given any graph
    When executing query:
      """
      WITH '2026-02-30' AS text, {year: 2026, hour: 5} AS fields, date('+999999999-12-31') AS last
      RETURN <expression> AS x
      """
    Then a <type> should be raised at runtime: <detail>

    Examples:
      | expression                        | type          | detail               |
      | date(text)                        | ArgumentError | InvalidArgumentValue |
      | date(fields)                      | ArgumentError | InvalidArgumentValue |
      | last + duration('P1D')            | ArgumentError | InvalidArgumentValue |
      | duration('P1D') / 0               | ArgumentError | InvalidArgumentValue |
      | last.hour                         | ArgumentError | InvalidArgumentValue |
      | date.truncate('fortnight', last)  | ArgumentError | InvalidArgumentValue |
      | datetime({timezone: 'Mars/Base'}) | ArgumentError | InvalidArgumentValue |

  Scenario Outline: operands of other kinds
    Given any graph
    When executing query:
      """
      RETURN <expression> AS x
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

    Examples:
      | expression                              |
      | date('2026-01-01') - date('2025-01-01') |
      | date('2026-01-01') * 2                  |
      | duration('P1D') % 2                     |
      | 4 / duration('P1D')                     |
      | date(1)                                 |
      | duration.between('2026-01-01', 1)       |

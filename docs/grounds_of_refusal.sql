WITH grounds AS (
    -- the grounds on which requests were refused, most frequent first
    SELECT
        report_id,
        row_label AS ground,
        value,
        ROW_NUMBER() OVER (PARTITION BY report_id ORDER BY value DESC, position) AS place
    FROM cells
    WHERE form_table = 'requests'
        AND form_row LIKE 'refused!_%' ESCAPE '!'
        AND form_column = 'total'
        AND value > 0
)
SELECT
    requests.agency,
    requests.year,
    requests.received_total AS received,
    ROUND(100.0 * requests.granted_total / NULLIF(requests.concluded_total, 0), 1) AS granted_percent,
    grounds.ground AS most_frequent_ground,
    CAST(grounds.value AS INTEGER) AS refused_on_it,
    requests.cells_flagged AS flagged_cells
FROM requests
LEFT JOIN grounds ON grounds.report_id = requests.report_id AND grounds.place = 1
ORDER BY requests.year, requests.agency

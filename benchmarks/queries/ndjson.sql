SELECT json_object('public_id', e.public_id, 'url', 'http://127.0.0.1:8000/events/' || e.public_id || '/', 'title', e.title,
  'summary', e.summary, 'date_as_stated', e.date_as_stated, 'edtf', e.edtf, 'start_earliest', e.start_earliest,
  'start_latest', e.start_latest, 'end_earliest', e.end_earliest, 'end_latest', e.end_latest,
  'date_qualifier', e.date_qualifier, 'date_note', e.date_note, 'time_of_day', e.time_of_day, 'time_zone', e.time_zone,
  'category', t.category, 'type', t.slug, 'type_name', t.name, 'place', l.name, 'place_slug', l.slug,
  'place_precision', e.place_precision, 'country', e.country, 'latitude', l.latitude, 'longitude', l.longitude,
  'conflict', f.name, 'conflict_slug', f.slug, 'data_set', d.slug, 'first_reported_on', e.first_reported_on,
  'recorded_at', e.recorded_at, 'revision', e.revision, 'revised_at', e.revised_at,
  'actors', (SELECT json_group_array(json_object('slug', slug, 'name', name, 'role', role, 'office', office)) FROM (
    SELECT a.slug, a.name, p.role, p.office FROM timeline_participation p JOIN timeline_actor a ON a.id = p.actor_id
    WHERE p.event_id = e.id ORDER BY p.position, p.id) r),
  'citations', (SELECT json_group_array(json_object('public_id', public_id, 'act', act, 'quote', quote,
      'prefix', prefix, 'suffix', suffix, 'start', start, 'end', "end", 'state', state, 'turn_kind', turn_kind,
      'date_as_stated', date_as_stated, 'edtf', edtf, 'reliability', reliability, 'credibility', credibility,
      'note', note, 'position', position, 'supports', act NOT IN ('denies', 'disputes'),
      'url', 'http://127.0.0.1:8000/briefings/' || briefing || '/#q-' || public_id,
      'speaker', json_object('slug', speaker, 'name', speaker_name),
      'briefing', json_object('slug', briefing, 'title', title, 'publisher', publisher, 'published_on', published_on,
        'url', 'http://127.0.0.1:8000/briefings/' || briefing || '/', 'source_url', url || '#:~:text=' || quote,
        'text_sha256', text_sha256))) FROM (
    SELECT c.*, s.slug AS speaker, s.name AS speaker_name, b.slug AS briefing, b.title, a.name AS publisher,
      b.published_on, b.url, b.text_sha256
    FROM timeline_citation c JOIN timeline_briefing b ON b.id = c.briefing_id JOIN timeline_actor a ON a.id = b.publisher_id
      LEFT JOIN timeline_actor s ON s.id = c.speaker_id
    WHERE c.event_id = e.id AND b.status = 'published' ORDER BY c.position, c.id) r))
FROM timeline_event e
  JOIN timeline_eventtype t ON t.id = e.event_type_id
  LEFT JOIN timeline_place l ON l.id = e.place_id
  LEFT JOIN timeline_conflict f ON f.id = e.conflict_id
  LEFT JOIN timeline_dataset d ON d.id = e.data_set_id
WHERE e.status = 'published' AND (d.id IS NULL OR d.redistributable)
ORDER BY e.sort_on, e.id;

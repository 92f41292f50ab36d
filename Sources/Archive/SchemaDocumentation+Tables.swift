extension SchemaDocumentation {
    package static let tables = [
        SchemaDocumentation(
            frames: "One kept picture of a camera at one instant. Its bytes are in picture_content, or in a pack."),
        SchemaDocumentation(
            "picture", "One picture, stored once however many frames show it.",
            [
                "sha256": "SHA-256 of its bytes as captured",
                "bytes": "its size as captured",
                "content_id": "its row in picture_content, or in packed_content where it was offloaded",
                "reference_count": "how many frames show it; kept by triggers",
                "stored_sha256": "SHA-256 of the bytes that are stored, where compacting replaced the original",
                "stored_bytes": "the size that is stored; null where compacting has not tried it",
            ]),
        SchemaDocumentation(
            "picture_content", "The bytes of the pictures, apart, so that lists never read them.",
            [
                "id": "the row's number",
                "sha256": "as in picture, so that a full check reads this table in order",
                "jpeg": "the picture, byte for byte as the camera gave it, or compacted without loss",
            ]),
        SchemaDocumentation(
            "packed_content", "Contents that were offloaded: they are in packs, and not in picture_content.",
            [
                "id": "the content's number, as in picture.content_id",
                "sha256": "as in picture",
                "pack_id": "its row in pack",
                "start": "where in the pack the picture's bytes begin",
                "bytes": "how many there are: the picture as it was stored here",
                "orientation": "how the picture is to be turned so that it stands: Exif's number, 1 to 8",
            ]),
        SchemaDocumentation(
            "pack", "An object in a folder or bucket with many pictures of one camera: a ZIP that any unzip opens.",
            [
                "id": "the row's number",
                "store_id": "its row in pack_store",
                "name": "the object's, within the store",
                "sha256": "SHA-256 of the whole object",
                "bytes": "its size",
                "noted_at": "when it was about to be written",
                "stored_at": "when it was read back whole; null where that never was: nothing is in it then",
                "live_pictures": "how many pictures of it are needed still; kept by triggers",
                "live_bytes": "what those take in it",
            ]),
        SchemaDocumentation(
            "pack_store", "The folders and buckets in which packs lie.",
            [
                "id": "the row's number",
                "location": "a folder's path, or s3://BUCKET/PREFIX; it holds no secret",
                "folder": "what the names of this archive's packs begin with there",
            ]),
        SchemaDocumentation(
            "camera", "The cameras that have frames or slots.",
            ["id": "the archive's number of the camera", "name": "the name under which its frames are filed"]),
        SchemaDocumentation(
            "print", "A print job.",
            [
                "id": "the archive's number of the print job",
                "camera_id": "its row in camera",
                "number": "the number that the server gives it, where it says one",
                "series": "who gives it, the server and its printer: the same number of another series is another job",
                "told_by": "octoprint, url or stillness: how it is known",
                "name": "of what is printed, as OctoPrint shows it",
                "state": "printing, paused, finished, cancelled, failed or ended",
                "started_at": "when it began or was first seen",
                "ended_at": "when it was seen to be over; null while it is under way",
                "excluded": "1: frames stored for it later are left out of exports too",
                "pinned": "1: frames stored for it later are never pruned either",
                "note": "the owner's",
                "frames": "its frames captured before archive_info.totals_until; kept by triggers",
                "bytes": "those frames' pictures as captured",
            ]),
        SchemaDocumentation(
            "ledger_run",
            "Neighbouring slots of a camera that went the same way. Every slot, an instant at which a camera is due, is in one.",
            [
                "camera_id": "its row in camera",
                "from_at": "the first slot",
                "interval_ms": "the distance between slots",
                "slots": "how many",
                "until_at": "the last slot plus the interval",
                "outcome":
                    "stored, duplicate, unchanged, no_picture, rejected, cap, offline, timeout, unauthorized, unavailable, disk or missed",
                "detail": "the reason, in a few words from a fixed set",
                "bytes": "received over the network for these slots",
                "frame_id": "the newest frame concerned; it may have been removed since",
                "removed": "how many of the frames stored in these slots were removed since",
            ]),
        SchemaDocumentation(
            "frame_hour",
            "Totals by the hour of the frames captured before archive_info.totals_until; kept by triggers.",
            [
                "camera_id": "its row in camera",
                "hour": "when the hour begins",
                "frames": "how many were captured in it",
                "bytes": "of their pictures as captured, each frame's counted",
            ]),
        SchemaDocumentation(
            "usage_reading", "Answers of the tunnel's usage API.",
            [
                "camera_id": "whose tunnel was asked",
                "read_at": "when",
                "total": "bytes used this month by the whole account",
                "monthly_cap": "bytes; null where unlimited",
                "reset_at": "when the month's counter begins anew",
                "received": "bytes that were received here since the reading before",
                "captures": "pictures that were fetched here since the reading before",
                "proxied":
                    "of the bytes received, those of calls through the tunnel to OctoPrint, which the server counts",
            ]),
        SchemaDocumentation(
            "quarantine", "The newest bodies that were no sound picture, at most 64 of them and 64 MiB.",
            [
                "id": "the row's number",
                "camera_id": "its row in camera",
                "received_at": "when",
                "label": "the verdict, from a fixed set",
                "description": "what is wrong, and where",
                "bytes": "the body's size",
                "body": "as received; empty where it alone is too large",
            ]),
        SchemaDocumentation(
            "clock_event", "What became known of the capturing machine's clock, in the order of happening.",
            [
                "id": "the row's number",
                "kind": "leap: it was set; doubt: from then on it may be wrong; trust: it is right as far as is known",
                "before_at": "what it would have said",
                "after_at": "what it said from then on; the same unless it leapt",
                "frame_id": "the newest frame then, 0 for none: those captured later have higher numbers",
                "reason": "from a fixed set",
            ]),
        SchemaDocumentation(
            "alert", "What the owner was told and is not over yet.",
            [
                "kind": "from a fixed set",
                "subject": "the camera's name; empty where it is about the archive",
                "since_at": "since when",
            ]),
        SchemaDocumentation(
            "alert_log", "What the owner was or could have been told, the newest 10,000.",
            [
                "id": "the row's number, in the order of happening",
                "at": "when",
                "kind": "from a fixed set",
                "change": "opened, closed, or happened: what it is about does not last",
                "subject": "the first camera's name; empty where it is about the archive",
                "since_at": "of one that opened: since when it is so",
                "cameras": "the names of all cameras that it is about, as a JSON array",
                "message": "what happened, in a sentence or two",
                "hint": "what to do, where there is something",
            ]),
        SchemaDocumentation(
            "timelapse", "The timelapses that rules of the configuration had made, or that wait for it.",
            [
                "id": "the row's number",
                "rule": "the rule's name",
                "camera": "the camera's name",
                "subject": "what it is of, once for each rule and camera: print N, from T (a period), or rolling",
                "print": "the print that it is of, by its id in print; null where it is of a stretch of time",
                "since_at": "when what it is of begins",
                "until_at": "when that ends",
                "state":
                    "waiting, making, made; skipped: the rule leaves it out; removed: older than the rule keeps; forgotten: by the owner",
                "due_at": "since when it waits, or waited",
                "next_try_at": "when it is tried next, while it waits",
                "attempts": "how many times it was begun",
                "reason": "why the newest attempt failed, or why it is skipped",
                "hint": "what to do, where there is something",
                "files": "what was made, or is to be: a JSON array of paths and sizes",
                "poster": "the path of the picture beside it; null for none",
                "frames": "how many are in it",
                "milliseconds": "how long it lasts; null where it is no video",
                "made_at": "when it was done",
                "pinned": "1 where the owner keeps it from being removed",
            ]),
        SchemaDocumentation(
            "timelapse_rule", "Since when rules have been followed.",
            [
                "name": "the rule's name",
                "since_at": "what ended before is not the rule's to make",
                "planned_until": "up to when what ended was looked at",
            ]),
        SchemaDocumentation(
            "archive_info", "One row about the archive itself.",
            [
                "id": "1: there is one row",
                "created_at": "when the archive was made",
                "created_by": "the program and version that made it",
                "last_removed_frame": "the highest id among removed frames, 0 for none",
                "totals_until":
                    "the totals tell of the frames captured before this instant; those since are to be counted",
                "shared_bytes": "what pictures that several frames show would take more, were they stored for each",
                "compacted_bytes": "by how much compacting made the pictures smaller that are here",
            ]),
        SchemaDocumentation(
            "publication", "What this archive tells others; one row, or none where it tells nothing.",
            [
                "id": "1: there is one row at most",
                "machine": "what it is known by: 16 hexadecimal digits",
                "name": "what people call it",
                "generation": "one more each time that it was told from the beginning",
                "store": "where the segments lie",
                "segment": "the number of the last segment that is there",
                "sha256": "that segment's digest",
                "published_at": "when it was read back there",
                "frame_id": "frames up to this one were told",
                "noted_frame_id": "changes of frames up to this one are noted in unpublished",
                "round": "what is noted now; a segment in the making tells of the rounds before",
                "draft": "the segment beside the archive that is to be put there, as JSON; null for none",
            ]),
        SchemaDocumentation(
            "published_ledger", "Up to where cameras' ledgers were told.",
            [
                "camera_id": "its row in camera",
                "from_at": "when the last run begins that was told: the next segment goes on with it",
                "noted_from_at": "changes of runs that begin before this are noted in unpublished",
                "last_run": "what was told of the last run, as JSON",
            ]),
        SchemaDocumentation(
            "unpublished", "What changed since it was told; kept by triggers.",
            [
                "kind": "1 camera, 2 print, 3 frame, 4 pack, 5 picture's content, 6 ledger run",
                "number": "its own; of a ledger run the camera's",
                "at": "when a ledger run begins; 0 of others",
                "round": "as it was in publication then",
            ]),
        SchemaDocumentation(
            "followed_machine", "Other machines whose records are here as well.",
            [
                "id": "the row's number",
                "machine": "what it is known by, as in its own publication",
                "name": "what people call it",
                "store": "where its segments lie",
                "generation": "which of its tellings is followed",
                "segment": "the last one that was taken in",
                "sha256": "that segment's digest",
                "segment_at": "when it was made, by that machine's clock",
                "looked_at": "when it was last looked for newer ones",
                "behind": "how many newer ones there were then that were not taken in",
                "problem": "what stands in the way, from a fixed set; null: nothing",
                "reason": "the same in a sentence",
                "hint": "what to do",
                "retired_at": "since when it is not looked for any more; null: it is followed",
            ]),
        SchemaDocumentation(
            "followed_camera", "Cameras that belong to other machines: only those change what is on record of them.",
            [
                "camera_id": "its row in camera",
                "machine_id": "its row in followed_machine",
                "name": "what it is called there",
                "number": "its number there; null until this generation tells of it",
            ]),
        SchemaDocumentation(
            "followed_print", "Which print is which there.",
            [
                "machine_id": "its row in followed_machine", "number": "its number there",
                "print_id": "its row in print",
            ]),
        SchemaDocumentation(
            "followed_frame", "Which frame is which there.",
            [
                "machine_id": "its row in followed_machine", "number": "its number there",
                "frame_id": "its row in frame",
            ]),
        SchemaDocumentation(
            "followed_pack", "Packs that other machines have written.",
            [
                "id": "the row's number",
                "machine_id": "its row in followed_machine",
                "number": "its number there",
                "store": "where it lies; null: in the store of the machine's segments",
                "name": "the object's, within the store",
                "sha256": "SHA-256 of the whole object",
                "bytes": "its size",
            ]),
        SchemaDocumentation(
            "followed_content", "Contents that are neither in this archive nor in its own packs.",
            [
                "id": "the content's number, as in picture.content_id",
                "sha256": "as in picture",
                "machine_id": "its row in followed_machine: where the picture is",
                "pack_id": "its row in followed_pack; null: not offloaded yet",
                "start": "where in the pack the picture's bytes begin",
                "bytes": "how many there are",
                "orientation": "how the picture is to be turned so that it stands: Exif's number, 1 to 8",
            ]),
    ]
}

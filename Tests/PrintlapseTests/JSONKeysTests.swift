import Archive
import Foundation
import Simulator
import Storage
import Testing
import Vocabulary

/// Other programs read what the commands say as JSON: a key that goes or changes its name is noticed here.
@Suite(.timeLimit(.minutes(5))) struct `What commands say as JSON` {
    private static let frame = """
        brightness bytes camera captured_at change changed_percent damaged_at excluded height id last_seen_at note \
        perceptual_hash pinned prediction print printer_state progress seen sha256 sharpness source suspect suspect_place \
        taken_at variant width
        """

    /// Commands in an order in which each can be run, with the keys of their answers, or of the rows that these list. A key
    /// behind a dot is one of the row or the object that the first one holds.
    static let commands: [(command: String, keys: String)] = [
        ("capture --frames 2 --quiet --json", "bytes_received bytes_stored frames_stored from slots until"),
        ("frames --json", frame),
        ("frames --format ndjson --limit 1", frame),
        ("frames --near 1 --limit 1 --json", frame + " distance"),
        ("frames --at 0s --json", frame + " at certain gap"),
        ("frame 1 --json", frame + " stored_bytes stored_sha256 store pack machine"),
        (
            "prints --json",
            """
            bytes camera ended_at excluded first_captured_at frames id last_captured_at name note number pinned started_at \
            state told_by
            """
        ),
        ("timeline --json", "bytes camera detail frame from outcome removed slots until"),
        (
            "stats --json",
            """
            bytes bytes_saved cameras cameras.bytes cameras.camera cameras.frames compacted_bytes days days.bytes days.day \
            days.frames duplicates frames hours hours.bytes hours.frames hours.hour offloaded_bytes offloaded_pictures prints \
            prints.bytes prints.camera prints.frames prints.name prints.print received rejections removed slots stored_bytes suspects
            """
        ),
        ("stats --by day --format ndjson", "bytes day frames"),
        ("stats --by camera --format ndjson", "bytes camera frames"),
        (
            "status --json",
            """
            archive_bytes archive_problem cameras cameras.camera cameras.detail cameras.healthy cameras.last_frame_at cameras.last_slot_at \
            cameras.monthly_cap cameras.outcome cameras.reset_at cameras.since cameras.state cameras.total capturing clock \
            disk_free healthy machines offload_failing_since publication publish_failing_since timelapses timelapses.failing timelapses.made timelapses.reason \
            timelapses.waiting \
            timelapses.waiting_since writer
            """
        ),
        (
            "cameras list --json",
            """
            authorized camera configured interval_seconds last_detail last_frame_at last_outcome last_slot_at source
            """
        ),
        (
            "usage --json",
            """
            camera cap_stop ceiling cost cost.live cost.webcam_api days days.day days.ours days.others days.total earlier \
            earlier.total earlier.until forecast forecast.by_last_day \
            forecast.by_month forecast.live_frames_left forecast.paced_seconds forecast.webcam_api_frames_left fraction \
            frames_left metered_bytes_per_frame monthly_cap others ours remaining reserve reset_at skipping stops_at total \
            unlimited
            """
        ),
        ("usage --history --json", "camera captures monthly_cap proxied read_at received reset_at total"),
        (
            "verify --json",
            """
            bytes_checked damaged frames_checked ledger_ok ok pictures_passed_over problems quarantined suspect \
            unfinished_packs unread
            """
        ),
        (
            "verify --repair --json",
            """
            bytes_checked damaged failures frames_checked ledger_ok ok pictures_passed_over problems quarantined repaired \
            repaired.numbers repaired.orphans_removed repaired.quarantined repaired.released repaired.restored \
            repaired.suspect repaired.tables repaired.values suspect unfinished_packs unread
            """
        ),
        ("pin 1 --json", "changed frames"),
        (
            "export lapse.zip --plan --json",
            """
            estimated_bytes first first.camera first.captured_at first.frame format frames last last.camera last.captured_at \
            last.frame left_out left_out.dark left_out.excluded left_out.still left_out.suspect left_out.tagged \
            left_out.thinned left_out.untimed missing output
            """
        ),
        (
            "export lapse.zip --json",
            """
            bytes cameras dates_kept durable files format frames left_out left_out.dark left_out.excluded left_out.still \
            left_out.suspect left_out.tagged left_out.thinned left_out.untimed output skipped tagged undated
            """
        ),
        (
            "timelapses --all --json",
            """
            attempts bytes camera due_at files frames hint id made_at next_try_at pinned poster print reason rule seconds since \
            state until
            """
        ),
        ("times --json", "ahead_of_server doubt first_frame frames from last_frame leap stretch until wrong"),
        (
            "prune --max-age 1000d --json",
            """
            applied plan plan.bytes plan.entries plan.frames plan.shortfall plan.spared
            """
        ),
        (
            "compact --json",
            """
            bytes_after bytes_before file_after file_before file_saved left_alone left_alone_count pictures sample saved \
            saved_share shrunk
            """
        ),
        (
            "backup copy.sqlite --json",
            "archive bytes durable frames method offloaded path pictures quarantined replaced"
        ),
        (
            "offload --to packs --older-than 1000d --dry-run --json",
            "beside_another bytes dry_run file_after file_before packs pictures same_disk shortfall store unmarked"
        ),
        ("offload --clean --json", "bytes removed rewritten shared unknown"),
        ("recall --json", "bytes left_there of_others pictures problems"),
        ("publish . --json", "bytes generation last_segment machine name records segments store"),
        ("follow . --json", "frames machines problems removed segments"),
    ]

    @Test func `has the keys that are promised`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 100
        settings.warmUp = .zero
        settings.printDuration = .seconds(200_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let authorized = try await bench.run(
                "authorize", "printer", "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint))
            #expect(authorized.status == 0, "\(authorized.messages)")
            try await Self.enterTimelapse(in: bench.archive)
            for (command, keys) in Self.commands {
                let result = try await bench.start(arguments: command.split(separator: " ").map(String.init)).result()
                let said = try Self.keys(of: result.output)
                #expect(said == Set(keys.split(separator: " ").map(String.init)), "\(command): \(result.messages)")
            }
        }
        await tunnel.stop()
    }

    /// As a rule does when one is due.
    private static func enterTimelapse(in path: String) async throws {
        let archive = try await FrameArchive.open(at: path)
        _ = try await archive.enter(
            ArchivedTimelapse(
                rule: "day", camera: try CameraName("printer"), subject: .rolling, since: .wallClock, until: .wallClock,
                dueAt: .wallClock))
        try await archive.close()
    }

    /// Of the document or of its first row, and of the objects and rows within.
    private static func keys(of json: String) throws -> Set<String> {
        let text = json.hasPrefix("{\"") ? String(json.prefix { $0 != "\n" }) : json
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        guard let row = object(document) else { return [] }
        var keys = Set(row.keys)
        // These have keys that are data.
        for (key, value) in row where !["slots", "rejections", "suspects", "spared"].contains(key) {
            for inner in object(value)?.keys ?? [:].keys { keys.insert("\(key).\(inner)") }
        }
        return keys
    }

    private static func object(_ value: Any) -> [String: Any]? {
        (value as? [[String: Any]])?.first ?? value as? [String: Any]
    }
}

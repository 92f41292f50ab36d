import Archive
import Catalog
import Monitoring
import Vocabulary

extension JobStatusReport {
    /// For Prometheus, under the names that a capture has for the same.
    func metrics(version: String) -> String {
        var page = Exposition()
        page.family("printlapse_build_info", .gauge, "The program that runs; always 1.") {
            $0.add(1, ["version": version])
        }
        page.family("printlapse_capturing", .gauge, "1 while a capture writes to the archive.") {
            $0.add(writer == nil ? 0 : 1)
        }
        page.family("printlapse_camera_healthy", .gauge, "1 while the camera is well, as “status” says it.") {
            samples in
            for camera in cameras { samples.add(camera.health.isHealthy ? 1 : 0, ["camera": camera.name.text]) }
        }
        page.family("printlapse_last_frame_timestamp_seconds", .gauge, "When the last frame was captured.") { samples in
            for camera in cameras {
                guard let at = camera.lastFrame else { continue }
                samples.add(Double(at.milliseconds) / 1000, ["camera": camera.name.text])
            }
        }
        let followed = machines.filter { $0.retiredAt == nil }
        page.family("printlapse_machine_healthy", .gauge, "1 while all is well with a followed machine.") { samples in
            for machine in followed { samples.add(machine.problem == nil ? 1 : 0, machine.labels) }
        }
        page.family("printlapse_machine_told_timestamp_seconds", .gauge, "When a followed machine told the last.") {
            samples in
            for machine in followed {
                guard let at = machine.segmentAt else { continue }
                samples.add(Double(at.milliseconds) / 1000, machine.labels)
            }
        }
        page.family("printlapse_disk_free_bytes", .gauge, "Room in the archive's file system.") {
            $0.add(room.free.bytes)
        }
        page.family("printlapse_archive_bytes", .gauge, "What the archive takes.") { $0.add(room.used.bytes) }
        return page.text
    }
}

extension FollowedMachine {
    /// Several machines may have one name.
    fileprivate var labels: KeyValuePairs<String, String> { ["machine": name, "id": machine] }
}

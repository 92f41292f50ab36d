import Testing
import Vocabulary

@testable import Import

@Suite struct `A picture's name` {
    private static func wall(
        _ year: Int = 2026, _ month: Int = 11, _ day: Int = 23, _ hour: Int = 14, _ minute: Int = 5, _ second: Int = 10,
        ms: Int = 0
    ) -> ToldTime {
        var civil = CivilTime(year: year, month: month, day: day)
        (civil.hour, civil.minute, civil.second, civil.millisecond) = (hour, minute, second, ms)
        return .wall(civil)
    }

    @Test(
        arguments: [
            // motion: event, time, number within the second.
            ("01-20261123140510-00.jpg", 0), ("01-20261123140510-07.jpg", 7), ("20261123140510-01-03.jpg", 3),
            ("CC-20261123140510.jpg", nil), ("01-20261123140510-snapshot.jpg", nil),
            ("snapshots/2026-11-23--14-05-10-snapshot.jpg", nil),
            // motionEye, and its number behind.
            ("/var/lib/motioneye/Camera1/2026-11-23/14-05-10.jpg", nil), ("2026-11-23/14-05-10-02.jpg", 2),
            // Phones, cameras, scripts.
            ("IMG_20261123_140510.jpg", nil), ("cam 2026-11-23 14.05.10.jpeg", nil),
            ("2026-11-23_14-05-10_0042.jpg", 42),
            ("2026_11_23-14_05_10.jpg", nil), ("20261123-140510.JPG", nil), ("2026-11-23T14h05m10.jpg", nil),
            ("2026-11-23_140510.jpg", nil),
        ] as [(String, Int?)])
    func `tells the local time and the number behind it`(path: String, number: Int?) {
        #expect(PictureName(path: path).time == Self.wall())
        #expect(PictureName(path: path).number == number)
    }

    @Test(arguments: [
        ("printer_20261123T140510.250Z.jpg", 250), ("printer_20261123T140510.250Z-2.jpg", 250),
        ("2026-11-23T15:05:10+01:00.jpg", 0), ("2026-11-23T09-05-10-05:00.jpg", 0),
        ("2026-11-23T15-05-10.5+0100.jpg", 500),
        ("1795442710.jpg", 0), ("1795442710.25.jpg", 250), ("1795442710250.jpg", 250),
    ])
    func `tells the instant where it has an offset or counts seconds`(path: String, milliseconds: Int) {
        #expect(
            PictureName(path: path).time == .instant(Timestamp(milliseconds: 1_795_442_710_000 + Int64(milliseconds))))
    }

    @Test(arguments: [
        ("20261123140510250.jpg", 250), ("PXL_20261123_140510123.jpg", 123), ("2026-11-23 14-05-10.042.jpg", 42),
    ])
    func `tells milliseconds`(path: String, milliseconds: Int) {
        #expect(PictureName(path: path).time == Self.wall(ms: milliseconds))
    }

    @Test(
        arguments: [
            // OctoPrint's time is when the print began.
            ("benchy_20261123140510-17.jpg", 17),
            // moonraker-timelapse, Octolapse.
            ("frame000017.jpg", 17), ("benchy_179544271000017.jpg", 179_544_271_000_017), ("Vase (2).jpg", nil),
            // Dates without a time to the second, or that do not exist.
            ("timelapse_benchy_20261123_1405.jpg", 1405), ("2026-11-23.jpg", 23),
            ("20261323140510.jpg", 20_261_323_140_510),
            ("2026-02-30_14-05-10.jpg", 10), ("2026-11-23_24-05-10.jpg", 10), ("12345678901234567890.jpg", nil),
            ("1234567.jpg", 1_234_567), ("99999999-999999.jpg", 999_999), ("14-05-10.jpg", 10), (".jpg", nil),
            ("", nil),
        ] as [(String, Int?)])
    func `tells no time where it has none of the picture's own`(path: String, number: Int?) {
        #expect(PictureName(path: path).time == nil)
        #expect(PictureName(path: path).number == number)
    }

    @Test func `never traps, whatever it is`() {
        let signs = Array("0123456789-_:.TZ+h /".utf8)
        var state: UInt32 = 7
        for length in 0..<3000 {
            let bytes = (0..<length % 40).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return signs[Int(state >> 16) % signs.count]
            }
            _ = PictureName(path: String(decoding: bytes, as: UTF8.self))
        }
    }
}

import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `A service manager` {
    @Test func `gets one datagram a message, at a path`() throws {
        let folder = try TemporaryFolder()
        let socket = try NotifySocket("\(folder.url.path)/notify")
        let manager = try #require(try ServiceManager(environment: socket.environment))
        try manager.tell(.ready, .status("3 cameras\nand\r\nmore"))
        try manager.tell(.watchdog)
        try manager.tell(.reloading(microseconds: 1_234_567))
        try manager.tell(.stopping)
        #expect(
            socket.received() == [
                "READY=1\nSTATUS=3 cameras and more", "WATCHDOG=1", "RELOADING=1\nMONOTONIC_USEC=1234567", "STOPPING=1",
            ])
    }

    @Test func `gets them under an abstract name too`() throws {
        let socket = try NotifySocket("@printlapse-tests-\(UUID().uuidString)")
        let manager = try #require(try ServiceManager(environment: socket.environment))
        try manager.tell(.ready)
        #expect(socket.received() == ["READY=1"])
    }

    @Test func `is not spoken to where there is none`() throws {
        #expect(try ServiceManager(environment: [:]) == nil)
        #expect(try ServiceManager(environment: ["NOTIFY_SOCKET": ""]) == nil)
    }

    @Test(arguments: ["relative", "@", "vsock:2:1234", "/" + String(repeating: "x", count: 108)])
    func `whose socket makes no sense is refused`(name: String) {
        #expect(throws: ServiceManagerError.address) { try ServiceManager(environment: ["NOTIFY_SOCKET": name]) }
    }

    @Test func `that has gone is an error, and no more`() throws {
        let manager = try #require(try ServiceManager(environment: ["NOTIFY_SOCKET": "/no/such/socket"]))
        #expect(throws: ServiceManagerError.self) { try manager.tell(.ready) }
    }

    @Test(arguments: [
        (["WATCHDOG_USEC": "30000000"], Duration.seconds(30)),
        (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "42"], .seconds(30)),
        (["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "43"], nil),
        (["WATCHDOG_USEC": "0"], nil), (["WATCHDOG_USEC": "soon"], nil), ([:], nil),
    ])
    func `says how often it wants a sign of life`(variables: [String: String], interval: Duration?) throws {
        let environment = variables.merging(["NOTIFY_SOCKET": "/run/notify"]) { $1 }
        #expect(try ServiceManager(environment: environment, process: 42)?.watchdog == interval)
    }
}

@Suite struct `A job's progress` {
    private let start = SuspendingClock.now

    private func isMade(_ events: [(CaptureEvent, at: Duration)], at time: Duration) -> Bool {
        var progress = JobProgress(start: start)
        for (event, instant) in events { progress.observe(event, at: start + instant) }
        return progress.isMade(at: start + time)
    }

    @Test func `is made while slots of any camera come to an outcome`() {
        let events: [(CaptureEvent, at: Duration)] = [
            (.started(.printer, interval: .seconds(10)), at: .zero),
            (.started(.other, interval: .seconds(3600)), at: .zero),
            (.slot(.slot(.offline)), at: .seconds(1000)),
        ]
        #expect(isMade(events, at: .seconds(1320)))
        #expect(!isMade(events, at: .seconds(1321)))
    }

    @Test func `is not made by readings, room or reloads alone`() {
        let others: [CaptureEvent] = [
            .usageUnknown(.printer, reason: ""), .disk(free: .zero), .allowance(cameras: [.printer], .used(1)),
            .notReloaded(reason: ""), .retrying(.printer, reason: ""),
        ]
        let events = others.map { ($0, at: Duration.seconds(1000)) }
        #expect(!isMade([(.started(.printer, interval: .seconds(10)), at: .zero)] + events, at: .seconds(1000)))
    }

    @Test func `may take as long as the interval`() {
        let hourly = [(CaptureEvent.started(.printer, interval: .seconds(3600)), at: Duration.zero)]
        #expect(isMade(hourly, at: .seconds(7000)))
        #expect(!isMade(hourly, at: .seconds(7501)))
    }

    @Test func `is missing where the job never begins`() {
        #expect(isMade([], at: .seconds(300)))
        #expect(!isMade([], at: .seconds(301)))
    }
}

@Suite struct `A job's status` {
    @Test func `is one line`() {
        var status = JobStatus()
        #expect(status.text(at: .start) == "0 cameras, no frame yet")
        status.observe(.started(.printer, interval: .seconds(10)))
        status.observe(.slot(.slot(.stored, frame: 1)))
        #expect(status.text(at: .start + .milliseconds(4900)) == "1 camera, last frame 4s ago")
        status.observe(.started(.other, interval: .seconds(10)))
        status.observe(.slot(.slot(.timeout, of: .other)))
        #expect(status.text(at: .start + .seconds(90)) == "2 cameras, 1 failing, last frame 1m 30s ago")
        status.observe(.ended(.other))
        #expect(status.text(at: .start) == "1 camera, last frame 0s ago")
    }
}

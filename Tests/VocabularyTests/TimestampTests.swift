import FoundationEssentials
import Testing
import Vocabulary

@Suite struct `A timestamp` {
    let now = Timestamp(milliseconds: 1_795_442_710_250)  // 2026-11-23T14:05:10.250Z

    @Test func `is written in RFC 3339 with milliseconds, in UTC`() {
        #expect("\(now)" == "2026-11-23T14:05:10.250Z")
        #expect("\(Timestamp(milliseconds: -1))" == "1969-12-31T23:59:59.999Z")
        #expect("\(Timestamp(milliseconds: 951_782_400_000))" == "2000-02-29T00:00:00.000Z")
        #expect(now.fileNameText == "20261123T140510.250Z")
    }

    @Test(arguments: [
        ("2026-11-23T14:05:10.250Z", 1_795_442_710_250), ("2026-11-23T14:05:10Z", 1_795_442_710_000),
        ("2026-11-23T15:05:10+01:00", 1_795_442_710_000), ("2026-11-23 14:05Z", 1_795_442_700_000),
        ("2026-11-23T14:05:10.25Z", 1_795_442_710_250), ("2026-11-23", 1_795_392_000_000),
        ("14:05", 1_795_442_700_000), ("2h", 1_795_435_510_250), ("0s", 1_795_442_710_250),
    ])
    func `is read from all forms that people write`(text: String, milliseconds: Int64) throws {
        let timestamp = try Timestamp(parsing: text, now: now, timeZone: .gmt)
        #expect(timestamp.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "yesterday", "2026-02-30", "2026-13-01", "24:00", "14:60", "2026-11-23T", "14:05Z", "+01:00", "Z",
    ])
    func `is refused where the text is no time that exists`(text: String) {
        #expect(throws: VocabularyError.timestamp(text)) { try Timestamp(parsing: text, now: now, timeZone: .gmt) }
    }

    @Test func `is read as local time where no offset is given`() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let winter = try Timestamp(parsing: "2026-11-23T15:05:10", now: now, timeZone: berlin)
        #expect("\(winter)" == "2026-11-23T14:05:10.000Z")
        let summer = try Timestamp(parsing: "2026-07-01", now: now, timeZone: berlin)
        #expect("\(summer)" == "2026-06-30T22:00:00.000Z")
        let today = try Timestamp(parsing: "15:05", now: now, timeZone: berlin)
        #expect("\(today)" == "2026-11-23T14:05:00.000Z")
    }

    @Test(arguments: [
        // Twice that night: the first of both.
        ("Europe/Berlin", "2026-10-25 01:59", "2026-10-24T23:59:00.000Z"),
        ("Europe/Berlin", "2026-10-25 02:00", "2026-10-25T00:00:00.000Z"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
        ("Europe/Berlin", "2026-10-25 03:00", "2026-10-25T02:00:00.000Z"),
        // Never that night: as the clocks went before.
        ("Europe/Berlin", "2026-03-29 01:59", "2026-03-29T00:59:00.000Z"),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),
        ("Europe/Berlin", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30:00.000Z"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30:00.000Z"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45:00.000Z"),
        ("Pacific/Kiritimati", "2026-06-01 00:00", "2026-05-31T10:00:00.000Z"),
    ])
    func `goes by the clocks before a change in the hour that it repeats or skips`(
        zone: String, text: String, instant: String
    ) throws {
        let zone = try #require(TimeZone(identifier: zone))
        #expect("\(try Timestamp(parsing: text, now: now, timeZone: zone))" == instant)
    }

    @Test(arguments: [
        ("2026-11-23T14:05:10Z", "2026-12-01T00:00:00.000Z"), ("2026-12-31T23:59:59Z", "2027-01-01T00:00:00.000Z"),
        ("2027-01-01T00:00:00Z", "2027-02-01T00:00:00.000Z"),
    ])
    func `knows when the next month begins`(text: String, next: String) throws {
        #expect("\(try Timestamp(parsing: text, now: now, timeZone: .gmt).startOfNextMonth)" == next)
    }
}

@Suite struct `A usage reading` {
    let readAt = Timestamp(milliseconds: 1_795_442_710_250)  // 2026-11-23T14:05:10.250Z

    @Test func `resets on the first of the month although the server counts to that time of day`() {
        let reading = UsageReading(
            readAt: readAt, total: .zero, monthlyCap: nil, resetIn: .seconds(8 * 86_400))
        #expect("\(reading.resetAt)" == "2026-12-01T00:00:00.000Z")
    }

    @Test func `resets earlier where the server says so`() {
        let reading = UsageReading(readAt: readAt, total: .zero, monthlyCap: nil, resetIn: .seconds(3600))
        #expect("\(reading.resetAt)" == "2026-11-23T15:05:10.250Z")
    }

    @Test(arguments: [Duration.seconds(-5), .zero, .seconds(90 * 86_400), nil])
    func `falls back to the first of the month for what cannot be true`(resetIn: Duration?) {
        let reading = UsageReading(readAt: readAt, total: .zero, monthlyCap: nil, resetIn: resetIn)
        #expect("\(reading.resetAt)" == "2026-12-01T00:00:00.000Z")
    }
}

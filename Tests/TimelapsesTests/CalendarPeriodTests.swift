import Foundation
import Testing
import Timelapses
import Vocabulary

@Suite struct `A period of the calendar` {
    private func ends(_ period: CalendarPeriod, after: String, by: String, at time: String = "00:00") throws -> [String]
    {
        period.periods(
            endingAfter: berlin(after), by: berlin(by), at: try TimeOfDay(parsing: time), in: .berlin
        ).map { "\($0.lowerBound.minuteText.dropLast(4)) \($0.upperBound.minuteText.dropLast(4))" }
    }

    @Test func `goes from its time of day to the same on another date`() throws {
        #expect(
            try ends(.day, after: "2026-11-23 12:00", by: "2026-11-25 19:59", at: "20:00") == [
                "2026-11-22 19:00 2026-11-23 19:00", "2026-11-23 19:00 2026-11-24 19:00",
            ])
        #expect(
            try ends(.week, after: "2026-11-20", by: "2026-12-01") == [
                "2026-11-15 23:00 2026-11-22 23:00", "2026-11-22 23:00 2026-11-29 23:00",
            ])
        #expect(
            try ends(.month, after: "2026-12-01 00:01", by: "2027-02-01 00:00") == [
                "2026-11-30 23:00 2026-12-31 23:00", "2026-12-31 23:00 2027-01-31 23:00",
            ])
        #expect(try ends(.year, after: "2026-01-02", by: "2027-01-01") == ["2025-12-31 23:00 2026-12-31 23:00"])
    }

    @Test func `has ended once, however often it is asked for in between`() throws {
        var ended: [Range<Timestamp>] = []
        var looked = berlin("2026-03-01 00:00")
        let end = berlin("2026-04-01 00:00")
        while looked < end {
            let now = looked + .seconds(1777)
            ended += CalendarPeriod.day.periods(endingAfter: looked, by: now, at: .midnight, in: .berlin)
            looked = now
        }
        #expect(ended.count == 31)
        #expect(zip(ended, ended.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }

    @Test func `has 23 hours or 25 where clocks are set`() throws {
        let spring = CalendarPeriod.day.periods(
            endingAfter: berlin("2026-03-29 12:00"), by: berlin("2026-03-30 12:00"), at: .midnight, in: .berlin)
        let autumn = CalendarPeriod.day.periods(
            endingAfter: berlin("2026-10-25 12:00"), by: berlin("2026-10-26 12:00"), at: .midnight, in: .berlin)
        #expect(spring.map { $0.upperBound - $0.lowerBound } == [.seconds(23 * 3600)])
        #expect(autumn.map { $0.upperBound - $0.lowerBound } == [.seconds(25 * 3600)])
    }

    @Test func `ends once where its time of day is skipped or comes twice`() throws {
        // 02:30 is skipped on 29 March: it would be 03:30. It comes twice on 25 October: the first is 00:30 UTC.
        #expect(
            try ends(.day, after: "2026-03-28 12:00", by: "2026-03-30 12:00", at: "02:30") == [
                "2026-03-28 01:30 2026-03-29 01:30", "2026-03-29 01:30 2026-03-30 00:30",
            ])
        #expect(
            try ends(.day, after: "2026-10-24 12:00", by: "2026-10-26 12:00", at: "02:30") == [
                "2026-10-24 00:30 2026-10-25 00:30", "2026-10-25 00:30 2026-10-26 01:30",
            ])
    }

    /// Samoa went over the date line and had no 30 December 2011.
    @Test func `is none on a date that there was not`() {
        let days = CalendarPeriod.day.periods(
            endingAfter: utc("2011-12-29T12:00:00"), by: utc("2012-01-01T12:00:00"), at: .midnight, in: .apia)
        #expect(days.allSatisfy { $0.upperBound - $0.lowerBound == .seconds(86_400) })
        #expect(zip(days, days.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }

    @Test func `tells when it ends`() throws {
        let time = try TimeOfDay(parsing: "6:00")
        #expect(time.description == "06:00")
        #expect(
            CalendarPeriod.day.end(after: berlin("2026-11-23 06:00"), at: time, in: .berlin)
                == berlin("2026-11-24 06:00"))
        #expect(
            CalendarPeriod.month.end(after: berlin("2026-12-01 05:59"), at: time, in: .berlin)
                == berlin("2026-12-01 06:00"))
    }

    @Test(arguments: ["", "6", "24:00", "06:60", "06:0", "6:00 pm", "-1:00", "06:00:00"])
    func `takes no time of day that there is not`(text: String) {
        #expect(throws: TimelapseRuleError.timeOfDay(text)) { try TimeOfDay(parsing: text) }
    }
}

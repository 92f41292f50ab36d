import Foundation
import Testing
import Timelapses
import Vocabulary

@testable import Settings

@Suite struct `A configuration's timelapses` {
    private func parse(_ text: String) throws(ConfigurationError) -> [JobConfiguration.Timelapse] {
        try ConfigurationFile.parse(
            """
            cameras:
              - name: mk3
                url: http://x/
              - name: mk4
                url: http://y/
            timelapses:

            """ + text, file: "/etc/printlapse/config.yaml"
        ).timelapses
    }

    @Test func `need three lines`() throws {
        let timelapse = try #require(
            try parse(
                """
                  - after: print
                    into: ~/Timelapses
                """
            ).first)
        #expect(timelapse.rule.name == "print")
        #expect(timelapse.rule.occasion == .afterPrint(patience: .seconds(60)))
        #expect(timelapse.rule.folder == ProcessInfo.processInfo.environment["HOME"]! + "/Timelapses")
        #expect(timelapse.rule.names.map(\.text) == ["{camera} {local:%Y-%m-%d %H%M} {print}.mp4"])
        #expect(timelapse.rule.takes(try CameraName("anything")))
        #expect(timelapse.rule.keeping == TimelapseKeeping())
        #expect(timelapse.place == ConfigurationError.Place(line: 7, column: 5))
    }

    @Test func `say when, of what, how, where, and what then`() throws {
        let timelapses = try parse(
            """
              - rule: good ones
                after: print
                wait: 10m
                prints: [bench*, "*.gcode"]
                least_frames: 100
                least_length: 30m
                failed: no
                cameras: mk3
                into: films
                file: ["{camera} {number}.mp4", "{camera} {number}.jpg"]
                keep: {newest: 30, max_age: 1y, max_size: 20GB}
                steady: yes
                hold-last: 3s
                max_size: 10MB
                every: 5
              - every: week
                at: 6:00
                time_zone: Europe/Berlin
                into: /srv/films
                keep: 52
              - rolling: 24h
                renew: 30m
                into: /srv/films
            """)
        let rule = timelapses[0].rule
        #expect(rule.name == "good ones")
        #expect(rule.occasion == .afterPrint(patience: .seconds(600)))
        #expect(rule.prints.names.map(\.text) == ["bench*", "*.gcode"])
        #expect(!rule.prints.takesFailed)
        #expect(rule.prints.leastLength == .seconds(1800))
        #expect(rule.leastFrames == 100)
        #expect(rule.cameras == [try CameraName("mk3")])
        #expect(rule.folder == "/etc/printlapse/films")
        #expect(rule.names.map(\.text) == ["{camera} {number}.mp4", "{camera} {number}.jpg"])
        #expect(
            rule.keeping
                == TimelapseKeeping(count: 30, age: .seconds(365 * 86_400), size: try ByteCount(parsing: "20GB")))
        #expect(
            rule.options == [
                ExportSetting(name: "steady", value: "yes"), ExportSetting(name: "hold-last", value: "3s"),
                ExportSetting(name: "max-size", value: "10MB"), ExportSetting(name: "every", value: "5"),
            ])
        #expect(timelapses[1].rule.occasion == .every(.week, at: try TimeOfDay(parsing: "06:00")))
        #expect(timelapses[1].rule.timeZone.identifier == "Europe/Berlin")
        #expect(timelapses[1].rule.keeping == TimelapseKeeping(count: 52))
        #expect(timelapses[2].rule.occasion == .rolling(.seconds(86_400), renewed: .seconds(1800)))
        #expect(timelapses.map(\.rule.name) == ["good ones", "week", "rolling"])
    }

    @Test(arguments: [
        ("- into: /f", 7, "it is not said when"),
        ("- after: print", 7, "it is not said where timelapses go"),
        ("- after: noon\n    into: /f", 7, "“noon” is none of print"),
        ("- every: hour\n    into: /f", 7, "“hour” is none of day, week, month, year"),
        ("- every: day\n    after: print\n    into: /f", 7, "after and every contradict each other"),
        ("- every: day\n    at: 25:00\n    into: /f", 8, "“25:00” is no time of day"),
        ("- after: print\n    at: 6:00\n    into: /f", 8, "“at” goes with “every”, and here it is “after”"),
        ("- every: day\n    wait: 5m\n    into: /f", 8, "“wait” goes with “after”, and here it is “every”"),
        ("- every: day\n    time_zone: Mars/Base\n    into: /f", 8, "“Mars/Base” is no time zone"),
        ("- rolling: 5s\n    into: /f", 7, "it is less than a minute"),
        ("- after: print\n    cameras: [mk3, mk9]\n    into: /f", 8, "there is no camera “mk9” here"),
        ("- after: print\n    into: /f\n    keep: 0", 9, "“0” is no number from 1 on"),
        ("- after: print\n    into: /f\n    keep: {oldest: 3}", 9, "“oldest” is no setting of what is kept"),
        ("- after: print\n    into: /f\n    file: '{camera}.mp4'", 9, "“{camera}.mp4” calls them all the same"),
        (
            "- after: print\n    into: /f\n    file: a/b", 9,
            "“a/b” cannot name files: “/” would lead into another folder"
        ),
        ("- after: print\n    into: /f\n    file: '{day}'", 9, "there is no field {day}"),
        ("- after: print\n    into: /f\n  - after: print\n    into: /g", 9, "two timelapses are called “print”"),
        ("- after: print\n    into: /f\n    rule: a/b", 9, "“a/b” cannot name a rule: it contains a slash"),
    ])
    func `that cannot be are named by their line`(text: String, line: Int, problem: String) {
        #expect {
            try parse("  " + text)
        } throws: { error in
            let error = error as? ConfigurationError
            return error?.place?.line == line && error?.problem.contains(problem) == true
                && error?.hint.isEmpty == false
        }
    }
}

import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A policy of retention` {
    @Test(arguments: [
        ("all for 7d", nil, 7 * 86_400), ("all:1w", nil, 7 * 86_400), ("1m for 30d", 60, 30 * 86_400),
        ("1h : 1y", 3600, 365 * 86_400),
    ])
    func `is written in tiers`(text: String, spacing: Int?, reach: Int) throws {
        let tier = try RetentionTier(parsing: text)
        #expect(tier.spacing == spacing.map { .seconds($0) })
        #expect(tier.reach == .seconds(reach))
    }

    @Test(arguments: ["", "all", "7d", "some for 7d", "1m for ever", "0s:7d", "1m:0d", "1m:7d:8d", "all for 7d for 8d"])
    func `is refused where a tier says nothing`(text: String) {
        #expect(throws: RetentionPolicyError.tier(text)) { try RetentionTier(parsing: text) }
    }

    @Test func `reaches further and keeps less from tier to tier`() throws {
        let (all, minute, hour) = (
            RetentionTier.each(nil, for: .seconds(10)), RetentionTier.each(.seconds(60), for: .seconds(20)),
            RetentionTier.each(.seconds(3600), for: .seconds(30))
        )
        #expect(try RetentionPolicy(tiers: [all, minute, hour]).tiers.count == 3)
        for tiers in [[minute, all], [all, hour, minute], [all, all]] {
            #expect(throws: RetentionPolicyError.self) { try RetentionPolicy(tiers: tiers) }
        }
        #expect(throws: RetentionPolicyError.noAge) { try RetentionPolicy(maximumAge: .zero) }
    }

    @Test func `keeps everything where it says nothing or only “all”`() throws {
        #expect(try RetentionPolicy(tiers: [.each(nil, for: .seconds(9))]).keepsEverything)
        #expect(try !RetentionPolicy(maximumSize: ByteCount(1)).keepsEverything)
    }

    @Test func `has its parts replaced one by one`() throws {
        let configured = try RetentionPolicy(maximumAge: .seconds(9), tiers: [.each(.seconds(1), for: .seconds(2))])
        let given = try RetentionPolicy(maximumSize: ByteCount(5), tiers: [.each(.seconds(3), for: .seconds(4))])
        let policy = configured.overridden(by: given)
        #expect(policy.maximumAge == .seconds(9))
        #expect(policy.maximumSize == ByteCount(5))
        #expect(policy.tiers == given.tiers)
    }

    private let day: Int64 = 86_400_000

    @Test func `thins out whole stretches of UTC, each by the oldest tier that has it wholly`() throws {
        let policy = try RetentionPolicy(
            maximumAge: .seconds(100 * 86_400),
            tiers: [
                .each(nil, for: .seconds(86_400)), .each(.seconds(60), for: .seconds(2 * 86_400)),
                .each(.seconds(3600), for: .seconds(3 * 86_400)),
            ])
        // 12:30:30 UTC
        let now = Timestamp(milliseconds: 1000 * day + 45_030_000)
        let zones = RetentionZones(policy, at: now)
        let minutesEnd = now.milliseconds - day - 30_000
        let hoursEnd = now.milliseconds - 2 * day - 1_830_000
        #expect(zones.bucket(of: minutesEnd) == nil)
        #expect(zones.bucket(of: minutesEnd - 1)?.tier == 1)
        #expect(zones.bucket(of: minutesEnd - 1)?.number == (minutesEnd - 1) / 60_000)
        #expect(zones.bucket(of: hoursEnd)?.tier == 1)
        #expect(zones.bucket(of: hoursEnd - 1)?.tier == 2)
        // Beyond the last tier its spacing goes on.
        #expect(zones.bucket(of: hoursEnd - 50 * day)?.tier == 2)
        #expect(zones.ageLimit == now.milliseconds - 100 * day)
        #expect(zones.end == minutesEnd)
    }
}

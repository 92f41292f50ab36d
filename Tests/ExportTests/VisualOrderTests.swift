import Testing

@testable import Export

@Suite struct `Letters that are read from right to left` {
    @Test(arguments: [
        ("Benchy 0.2 mm", "Benchy 0.2 mm"), ("厨房 Кухня (2)", "厨房 Кухня (2)"), ("", ""),
        ("שלום", "םולש"), ("שלום עולם", "םלוע םולש"), ("Benchy שלום", "Benchy םולש"), ("שלום Benchy", "Benchy םולש"),
        ("Benchy שלום 0.25", "Benchy 0.25 םולש"), ("שלום (12)", "(12) םולש"), ("a שלום b", "a םולש b"),
        ("Benchy (שלום)", "Benchy (םולש)"), ("שלום…", "…םולש"), ("0.2 שלום", "םולש 0.2"),
    ])
    func `stand so from left to right`(text: String, expected: String) {
        #expect(VisualOrder.of(text) == expected)
    }
}

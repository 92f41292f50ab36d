extension String {
    func filled(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    func right(in width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
